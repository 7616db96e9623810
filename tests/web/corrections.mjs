// Putting an article right in a real browser, as a person with a key does: signing in, taking a card out, adding a statement that was
// missed by the keyboard alone, a slip that is answered in words, undoing; the forms open on a phone and before axe-core.
// Screenshots go to OUT. usage: node corrections.mjs PROGRAM OUT
import {createHash} from "node:crypto";
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {accessible, check, folder, launched, ledgerOf, reports, serving, told} from "./harness.mjs";

const [program, out] = process.argv.slice(2);
mkdirSync(out, {recursive: true});
const key = "a-key-of-sixteen-characters-and-more", users = join(folder, "users.tsv");
writeFileSync(users, "Ana Ruiz\t" + createHash("sha256").update(key).digest("hex") + "\n");
const {base, stop} = await serving(program, ledgerOf(program, reports), "--write", "--users", users);
const browser = await launched();

const said = "Iceland will never accept limits drawn without it,", article = "/articles/1";

try {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 860}})).newPage();
  const errors = [];
  page.on("pageerror", e => errors.push(String(e)));
  const record = async () => (await page.request.get(base + "/api/v1" + article)).json();
  const words = (r, s) => s.content.map(([a, b]) => [...r.article.text].slice(a, b).join("")).join(" ");

  // Who has no key sees no form, and is told where to sign in.
  await page.goto(base + article);
  check(await page.locator("form[action$='/amend']").count() === 0, "no form without a key");
  await page.locator("a", {hasText: "Sign in"}).last().click();
  await page.fill("input[type=password]", "a-wrong-key-of-sixteen-characters");
  await page.keyboard.press("Enter");
  await page.waitForLoadState("networkidle");
  check((await page.locator("main").innerText()).includes("nobody"), "a wrong key is nobody's");
  await page.fill("input[type=password]", key);
  await page.keyboard.press("Enter");
  await page.waitForURL("**" + article);

  // Every form open: nothing wide, nothing that axe-core finds, on either width.
  await page.evaluate(() => document.querySelectorAll("details").forEach(d => d.open = true));
  await accessible(page, "forms");
  await page.screenshot({path: join(out, "corrections-forms.png"), fullPage: true});
  await page.setViewportSize({width: 390, height: 800});
  await accessible(page, "forms, phone");
  check(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 1, "forms are not too wide for a phone");
  await page.screenshot({path: join(out, "corrections-forms-phone.png"), fullPage: true});
  await page.setViewportSize({width: 1280, height: 860});

  // A card is taken out, with a reason.
  const before = await record();
  const found = before.statements.find(s => words(before, s).includes(said));
  check(Boolean(found), "the statement is read");
  await page.goto(base + article);
  const card = page.locator(`.card#${found.id}`);
  await page.evaluate(id => { for (let e = document.getElementById(id); e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true; }, found.id);
  await card.locator("summary", {hasText: "put right"}).click();
  const out1 = card.locator("form").first();
  await out1.locator("input[name=why]").fill("a test takes it out");
  await Promise.all([page.waitForNavigation(), out1.locator("button", {hasText: "Take out"}).click()]);
  check(!(await record()).statements.some(s => words(before, s).includes(said)), "what is taken out is gone");

  // What was missed is added by the keyboard alone.
  const open = page.locator("summary", {hasText: "Add a statement that was missed"});
  await open.focus();
  await page.keyboard.press("Enter");
  const type = async text => { await page.keyboard.press("Tab"); await page.keyboard.type(text); };
  await type("Iceland will always accept limits");
  await type("Helgadottir");
  await type("told");
  await type("it was missed");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const slip = await page.locator("main").innerText();
  check(/Iceland will always accept limits.* does not stand/.test(slip), "words that the article lacks are named: " + slip.slice(0, 200));
  check(!/what\(\)|exception|terminate/i.test(slip), "in plain words");
  await page.goBack();
  await open.focus();
  if (!await page.locator("details[open] > summary", {hasText: "Add a statement"}).count()) await page.keyboard.press("Enter");
  const add = page.locator("form", {has: page.locator("input[name='f.words']")}).first();
  await add.locator("input[name='f.words']").fill(said);
  await add.locator("input[name='f.speaker']").fill(before.entities.find(e => e.id === found.speaker).name);
  await add.locator("input[name='f.cue']").fill("told");
  await add.locator("input[name=why]").fill("it was missed");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const after = await record(), added = after.statements.find(s => words(after, s).includes(said));
  check(added && added.speaker === found.speaker, "what is added stands, by whom it was said");
  check(new URL(page.url()).hash === "#" + (added && added.id), "the page goes to what was added: " + page.url());
  check((await page.locator(".put-right").innerText()).includes("Ana Ruiz"), "and says who put it right");
  await page.reload();
  check(await page.locator(`.card#${added && added.id}`).count() === 1, "it is there after the page is read again");
  await page.screenshot({path: join(out, "corrections-added.png"), fullPage: true});

  // Both are undone; the record is as it was read.
  for (const number of [2, 1]) {
    await page.goto(base + "/corrections");
    const one = page.locator(`#c${number}`);
    await one.locator("summary").click();
    await one.locator("input[name=why]").fill("a test puts it back");
    await Promise.all([page.waitForNavigation(), one.locator("button").click()]);
  }
  check(JSON.stringify((await record()).statements) === JSON.stringify(before.statements), "undone, the record is as it was read");
  await accessible(page, "corrections");

  // A day that the text sets (a court hears a case) is put right as any other item: another day and status, taken out, undone.
  const calendar = async () => (await (await page.request.get(base + "/api/v1/calendar?from=2031-04-01&until=2031-04-30")).json()).items.filter(r => r.type === "court");
  const [day] = await calendar();
  check(day && day.from === "2031-04-15", "a day is set: " + JSON.stringify(day));
  const court = `/articles/${day.article_number}`;
  const dayCard = async () => {
    await page.goto(base + court + "#" + day.id);
    await page.evaluate(id => { const box = document.querySelector("input[data-layer=t]"); if (!box.checked) box.click(); for (let e = document.getElementById(id); e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true; }, day.id);
    const found = page.locator(`.card#${day.id}`);
    await found.locator("summary", {hasText: "put right"}).click();
    return found;
  };
  const set = async (field, value, why) => {
    const form = (await dayCard()).locator("form").nth(1);
    await form.locator("select[name=field]").selectOption(field);
    await form.locator("input[name=value]").fill(value);
    await form.locator("input[name=why]").fill(why);
    await Promise.all([page.waitForNavigation(), form.locator("button", {hasText: "Set"}).click()]);
  };
  await set("when", "2031-04-16", "the court moved it");
  check((await calendar())[0].from === "2031-04-16", "the day is another");
  check(new URL(page.url()).hash === "#" + day.id, "the page goes to it: " + page.url());
  await set("status", "someday", "a slip");
  check(/someday.*planned/s.test(await page.locator("main").innerText()), "a status that is none is answered with those that are");
  await set("occasion", "vote", "it is a vote");
  check((await calendar()).length === 0, "it is no hearing any more");
  const takeOut = (await dayCard()).locator("form").first();
  await takeOut.locator("input[name=why]").fill("nothing is set");
  await Promise.all([page.waitForNavigation(), takeOut.locator("button", {hasText: "Take out"}).click()]);
  check((await (await page.request.get(base + "/api/v1/calendar?from=2031-04-16&until=2031-04-16")).json()).items.length === 0, "taken out, nothing is set for the day");
  for (const number of [7, 6, 5]) {
    await page.goto(base + "/corrections");
    const one = page.locator(`#c${number}`);
    await one.locator("summary").click();
    await one.locator("input[name=why]").fill("a test puts it back");
    await Promise.all([page.waitForNavigation(), one.locator("button").click()]);
  }
  check(JSON.stringify((await calendar())[0]) === JSON.stringify(day), "undone, the day is as it was read");

  // In one article a name is another's.
  const named = async name => (await (await page.request.get(base + "/api/v1/actors?actor=" + encodeURIComponent(name))).json()).items.map(a => a.name);
  await page.goto(base + article);
  await page.locator("summary", {hasText: "another of the same name"}).click();
  const another = page.locator("form", {has: page.locator("button", {hasText: "Split"})});
  await another.locator("input[name=from]").fill("Birna Helgadottir");
  await another.locator("input[name='f.name']").fill("Birna Helgadottir (poet)");
  await another.locator("input[name=why]").fill("a test splits them");
  await Promise.all([page.waitForNavigation(), another.locator("button").click()]);
  check((await named("Helgadottir (poet)")).includes("Birna Helgadottir (poet)"), "two who bear a name are two");
  check((await page.locator(".put-right").innerText()).includes("a test splits them"), "the article's page lists it");
  await page.goto(base + "/corrections");
  await page.locator("#c11 summary").click();
  await page.locator("#c11 input[name=why]").fill("a test puts it back");
  await Promise.all([page.waitForNavigation(), page.locator("#c11 button").click()]);
  check((await named("Helgadottir (poet)")).length === 0, "undone, they are one");
  check(errors.length === 0, errors.join("; "));
} finally {
  await browser.close();
  await stop();
}
told("corrections");
