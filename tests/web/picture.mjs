// A picture of the window's first screen of a page, whatever its address lights further down: `chromium --screenshot` leaves blank what
// such an address scrolled away. usage: node picture.mjs URL FILE
import {launched} from "./harness.mjs";

const [url, file] = process.argv.slice(2);
const browser = await launched();
const page = await (await browser.newContext({viewport: {width: 1280, height: 900}})).newPage();
await page.goto(url, {waitUntil: "networkidle"});
await page.evaluate(() => { scrollTo(0, 0); for (const e of document.querySelectorAll("aside")) e.scrollTop = 0; });
await page.screenshot({path: file});
await browser.close();
