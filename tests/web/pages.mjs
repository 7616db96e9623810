// The pages in a real browser: every page at two widths, evidence lit both ways, hostile text that must not run, keyboard, no request
// to anywhere else. Screenshots go to build/screenshots. usage: node pages.mjs PROGRAM OUT [ONLY]
import {spawnSync} from "node:child_process";
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {accessible, check, folder, launched, ledgerOf, reports, root, serving, told} from "./harness.mjs";

const [program, out, only] = process.argv.slice(2);
mkdirSync(out, {recursive: true});

// A ledger of the examples, and of articles that try to run in every field.
const payloads = ["<script>window.pwned=1</script>", "\"><img src=x onerror=window.pwned=1>", "<svg onload=window.pwned=1>", "javascript:window.pwned=1", "</title><script>window.pwned=1</script>", "<a href=javascript:window.pwned=1>x</a>", "{{constructor.constructor('window.pwned=1')()}}", "<style>@import '//evil.example'</style>", "';window.pwned=1//", "&lt;script&gt;window.pwned=1&lt;/script&gt;"];
const lines = payloads.map((p, i) => JSON.stringify({id: `h${i}${p}`, title: p, publisher: p, url: i % 2 ? "javascript:window.pwned=1" : `https://news.example/${encodeURIComponent(p)}`, published: "2031-05-14", byline: [p], text: `Norwegian Foreign Minister Tora ${p} Solheim met Icelandic Prime Minister Jon Arnarson in Oslo on Wednesday. “${p} Iceland must open the port,” Solheim said. Norway would lift sanctions on ${p} Iceland if it opened the port.`}));
writeFileSync(join(folder, "hostile.jsonl"), lines.join("\n") + "\n");
const ledger = ledgerOf(program, reports, join(root, "examples/accord.html"), join(folder, "hostile.jsonl"));
const {base, stop} = await serving(program, ledger);
const browser = await launched();

try {
  const context = await browser.newContext({viewport: {width: 1280, height: 860}});
  const page = await context.newPage();
  const errors = [], foreign = [];
  page.on("pageerror", e => errors.push(String(e)));
  page.on("console", m => { if (m.type() === "error") errors.push(m.text()); });
  page.on("request", r => { if (!r.url().startsWith(base) && !r.url().startsWith("data:")) foreign.push(r.url()); });
  page.on("dialog", d => { errors.push("a dialog: " + d.message()); d.dismiss(); });

  const pages = {front: "/", search: "/search?q=ports", reader: "/articles/11", actor: "/actor?name=Solheim", state: "/actor?name=NOR", pair: "/pair?a=NOR&b=ISL", topics: "/topics", topic: "/topic?name=shipping", day: "/?day=2031-05-01", calendar: "/calendar?at=2031-05", week: "/calendar?view=week&at=2031-05-14", list: "/calendar?view=list&from=2029", alerts: "/alerts", stories: "/stories", story: "/stories/1", network: "/network", firsts: "/firsts", brief: "/brief?from=2031-05-01&until=2031-05-20", corrections: "/corrections", read: "/read", about: "/about", api: "/api"};
  for (const [name, path] of Object.entries(pages)) {
    if (only && !name.includes(only)) continue;
    errors.length = 0;
    const answer = await page.goto(base + path, {waitUntil: "networkidle"});
    check(answer.status() === 200, `${name}: status ${answer.status()}`);
    check(errors.length === 0, `${name}: ${errors.join("; ")}`);
    check(await page.locator("h1").count() === 1, `${name}: one heading of the first rank`);
    check(await page.locator("main").count() === 1 && await page.locator("nav").count() === 1, `${name}: landmarks`);
    // Everything that is pressed or filled has a name.
    const nameless = await page.evaluate(() => [...document.querySelectorAll("a,button,input:not([type=hidden]),textarea")].filter(e => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length || e.title)).length);
    check(nameless === 0, `${name}: ${nameless} controls without a name`);
    await page.screenshot({path: join(out, name + ".png"), fullPage: name !== "reader"});
    await accessible(page, name);
    await page.emulateMedia({colorScheme: "dark"});
    await accessible(page, name + ", dark");
    await page.screenshot({path: join(out, name + "-dark.png"), fullPage: name !== "reader"});
    await page.emulateMedia({colorScheme: "light"});
    await page.setViewportSize({width: 390, height: 800});
    await accessible(page, name + ", phone");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 1, `${name}: ${wide} pixels too wide on a phone`);
    await page.screenshot({path: join(out, name + "-phone.png")});
    await page.setViewportSize({width: 1280, height: 860});
  }
  // Contrast of text against its ground, in light and dark (WCAG AA: 4.5).
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({colorScheme: scheme});
    await page.goto(base + "/articles/11", {waitUntil: "networkidle"});
    const low = await page.evaluate(() => {
      const rgb = c => c.match(/[\d.]+/g).map(Number);
      const lum = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
      const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
      return [...document.querySelectorAll("p,span,a,small,q,b,em,h1,h2,label,td,th,summary,div.facts")].filter(e => e.textContent.trim() && e.offsetParent).map(e => {
        const a = lum(rgb(getComputedStyle(e).color)), b = lum(ground(e));
        return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.tagName + "." + e.className + ": " + e.textContent.slice(0, 30)];
      }).filter(x => x[0] < 4.5).slice(0, 5);
    });
    check(low.length === 0, `contrast in ${scheme}: ${JSON.stringify(low)}`);
    await page.screenshot({path: join(out, `reader-${scheme}.png`)});
  }
  await page.emulateMedia({colorScheme: "light"});

  // Seventy names and what is written on arrows between them: none stands on another, none is cut off, on a wide page and on a phone. What
  // has no place on its arrow shows when the arrow is reached.
  for (const width of [1280, 390]) {
    await page.setViewportSize({width, height: 860});
    await page.goto(base + "/topic?name=shipping", {waitUntil: "networkidle"});
    const found = await page.evaluate(() => {
      const box = document.createElement("div");
      box.className = "play";
      box.dataset.play = "";
      document.querySelector("main").append(box);
      const all = [...Array(70)].map((_, i) => ({id: i, n: 1 + i % 7, name: (i % 3 ? "Tora Quelle " : "The ministry of fisheries of Norvania ") + i, href: "#" + i}));
      const links = [...Array(160)].map((_, i) => ({source: i % 70, target: (i * i + 7 * i + 1) % 70, n: 1, tone: ["soft", "plain", "hard"][i % 3], label: String(i), href: "#s" + i})).filter(l => l.source !== l.target);
      graph(box, () => ({all: all.map(n => ({...n})), links: links.map(l => ({...l, source: l.source, target: l.target}))}));
      const ground = box.querySelector("svg").getBoundingClientRect();
      const texts = [...box.querySelectorAll("text:not(.quiet)")].map(t => [t.textContent, t.getBoundingClientRect()]), wrong = [];
      for (const [name, r] of texts) if (r.left < ground.left - 1 || r.right > ground.right + 1 || r.bottom > ground.bottom + 1) wrong.push(name + " is cut off");
      texts.forEach(([name, r], i) => { for (const [other, o] of texts.slice(i + 1)) if (r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 1 && o.top < r.bottom - 1) wrong.push(`${name} is on ${other}`); });
      const quiet = box.querySelector("text.quiet"), hidden = quiet ? getComputedStyle(quiet).opacity : "0";
      quiet?.closest("a").focus();
      return {names: box.querySelectorAll("text:not(.on-line)").length, wrong, hidden, shown: quiet ? getComputedStyle(quiet).opacity : "1"};
    });
    check(found.names === 70 && found.wrong.length === 0, `seventy names at ${width}: ${found.names}, ${found.wrong.slice(0, 3).join("; ")}`);
    check(found.hidden === "0" && found.shown === "1", `what stands on an arrow at ${width} shows when it is reached: ${found.hidden} ${found.shown}`);
    await page.locator(".play").last().screenshot({path: join(out, `seventy-${width}.png`)});
  }
  await page.setViewportSize({width: 1280, height: 860});

  // Evidence both ways.
  await page.goto(base + "/articles/11", {waitUntil: "networkidle"});
  const card = page.locator(".card.ls").first(), id = await card.getAttribute("id");
  await card.hover();
  check(await page.locator(`.seg.lit[data-i~="${id}"]`).count() > 0, "a card lights its words");
  await page.mouse.move(2, 2);
  check(await page.locator(".lit").count() === 0, "and lets them go");
  await page.locator(`.seg[data-i~="${id}"]`).first().hover();
  check(await page.locator(`.card.lit#${id}`).count() === 1, "words light their card");
  await page.mouse.move(2, 2);
  await card.focus();
  await page.keyboard.press("Enter");
  check(await page.locator(`.seg.lit[data-i~="${id}"]`).count() > 0, "the keyboard does it too");
  await page.keyboard.press("Escape");
  check(await page.locator(".lit").count() === 0, "Escape lets go");
  await page.goto(base + `/articles/11#${id}`, {waitUntil: "networkidle"});
  check(await page.locator(".seg.lit").count() > 0, "an address with an item lights it");
  // What is shown is the text of the article, whatever is marked.
  const record = await (await page.request.get(base + "/api/v1/articles/11")).json();
  const shown = await page.evaluate(() => [...document.querySelectorAll(".reader .text p")].map(p => p.textContent).join("\n\n"));
  check(shown === record.article.text, "the marks leave the text as it is");
  for (const s of record.statements)
    for (const [a, b] of s.content) {
      const text = [...record.article.text].slice(a, b).join("");
      const words = await page.evaluate(i => [...document.querySelectorAll(`.seg[data-i~="${i}"]`)].map(e => e.textContent).join(""), s.id);
      check(words.includes(text.replaceAll("\n\n", "")), `the words of ${s.id} are marked`);
    }
  await page.locator('.layers input[data-layer="s"]').uncheck();
  check(!(await page.locator(".reader .text").getAttribute("class")).includes("on-s"), "a layer can be switched off");
  check(await page.locator('.cards[data-layer="s"]').isHidden(), "and its cards go with it");
  await page.locator('.layers input[data-layer="s"]').check();
  check(await page.locator('.cards[data-layer="s"]').isVisible(), "and come again");
  // What is known of a line and why it is there stand in one row, not in one each.
  const rows = await page.evaluate(() => [...document.querySelectorAll(".card .foot")].filter(e => e.getClientRects().length && (e.querySelector(".facts")?.textContent.length ?? 99) < 30).map(e => e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)));
  check(rows.length > 3 && rows.every(r => r < 1.6), `the last row of a card is one: ${rows}`);
  // Words that several cards rest on lead from one to the next, and then let go.
  const many = await page.evaluate(() => { const el = [...document.querySelectorAll(".seg.ls.lp, .seg.lv.ls")].find(e => e.dataset.i.split(" ").filter(i => "svpn".includes(i[0])).length > 1); if (el) el.dataset.many = el.dataset.i.split(" ").filter(i => "svpn".includes(i[0])).length; return el ? Number(el.dataset.many) : 0; });
  if (many) {
    const lit = new Set();
    for (let n = 0; n < many; ++n) {
      await page.locator("[data-many]").click();
      for (const i of await page.evaluate(() => [...document.querySelectorAll(".card.lit")].map(e => e.id))) lit.add(i);
      check(await page.locator(".card.lit").count() === 1 && await page.locator(".card.lit").isVisible(), "a click shows one card of several");
    }
    check(lit.size === many, `each of ${many} cards was shown: ${lit.size}`);
    await page.locator("[data-many]").click();
    await page.mouse.move(2, 2);
    check(await page.locator(".lit").count() === 0, "then they are let go");
  }
  // The keyboard goes from the words to the card and back.
  await page.locator(`#w-${id}`).focus();
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.classList.contains("card")), "Enter goes from the words to a card");
  await page.keyboard.press("Escape");
  await page.locator(`.card#${id}`).focus();
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.classList.contains("seg")), "and from the card to its words");
  // On a phone the card comes to the words.
  await page.setViewportSize({width: 390, height: 800});
  await page.goto(base + "/articles/11", {waitUntil: "networkidle"});
  await page.locator(`#w-${id}`).click();
  check(await page.locator(".peek").isVisible(), "on a phone the card comes to the words");
  check(await page.locator(`#w-${id}`).evaluate(e => e.getClientRects()[0].top < innerHeight * .55), "and does not lie on them");
  await page.screenshot({path: join(out, "reader-peek-phone.png")});
  await page.locator(".peek button").click();
  check(await page.locator(".peek").isHidden(), "and goes again");
  await page.setViewportSize({width: 1280, height: 860});

  // Reading on the spot.
  await page.goto(base + "/read");
  await page.fill("#text", "“Norway must pay for the ships,” Icelandic Prime Minister Jon Arnarson said on Wednesday in Reykjavik. He met Norwegian Foreign Minister Tora Solheim in the harbour on Tuesday & left.");
  await page.fill('input[name="published"]', "2031-05-14");
  await Promise.all([page.waitForNavigation(), page.click("main form button")]);
  check(await page.locator(".card.ls").count() >= 1, "a pasted article is read");

  await page.goto(base + "/read");
  await page.fill("#text", "<p>Norway must pay,</p><script>window.pwned=1</script><img src=x onerror=window.pwned=1>");
  await Promise.all([page.waitForNavigation(), page.click("main form button")]);
  check(!await page.evaluate(() => window.pwned), "a pasted page does not run");

  // Hostile text: in every page that shows it, nothing runs.
  for (let n = 1; n <= 11 + payloads.length + 2; ++n)
    for (const path of [`/articles/${n}`]) {
      await page.goto(base + path);
      check(!await page.evaluate(() => window.pwned), `nothing runs on ${path}`);
      check(await page.evaluate(() => [...document.querySelectorAll("a")].every(a => !a.protocol.startsWith("javascript"))), `no link runs a script on ${path}`);
    }
  for (const p of payloads)
    for (const path of ["/search?q=", "/actor?name=", "/topic?name=", "/pair?b=NOR&a=", "/calendar?actor=", "/stories?text=", "/brief?from=2031-05-13&until="]) {
      await page.goto(base + path + encodeURIComponent(p));
      check(!await page.evaluate(() => window.pwned), `nothing runs on ${path}${p}`);
    }
  check(foreign.length === 0, "requests to elsewhere: " + foreign.slice(0, 3));
  let script = 0;
  for (const f of ["reader.js", "paste.js", "tables.js", "network.js", "vendor/d3-force.js"]) script += (await (await page.request.get(`${base}/assets/${f}`)).body()).length;
  check(script < 300_000, `scripts are ${script} bytes`);

  // Works without scripts.
  const bare = await browser.newContext({javaScriptEnabled: false});
  const plain = await bare.newPage();
  await plain.goto(base + "/articles/11");
  check(await plain.locator(".card").count() > 3 && await plain.locator(".seg").count() > 3, "the reader works without scripts");
  await plain.goto(base + "/pair?a=NOR&b=ISL");
  check(await plain.locator("svg.axis rect").count() > 0 && await plain.locator(".lines li").count() > 3, "the pair page works without scripts");
  // The axis has a bar where something happened and nothing where nothing did.
  check(await plain.locator("svg.axis rect").evaluateAll(all => all.every(r => r.getBoundingClientRect().height > 1)), "no bar of nothing");

  // The stream tells of a new article.
  const event = page.evaluate(() => new Promise(good => { const s = new EventSource("/api/v1/stream"); s.addEventListener("record", e => { s.close(); good(e.data); }); setTimeout(() => good(null), 8000); }));
  await page.waitForTimeout(600);
  writeFileSync(join(folder, "new.jsonl"), JSON.stringify({id: "new", published: "2031-06-01", text: "Norway opened its ports on Sunday, the government in Oslo said."}) + "\n");
  spawnSync(program, ["ingest", "--ledger", ledger, join(folder, "new.jsonl")]);
  check(String(await event).includes('"new"'), "the stream tells of a new article");
} finally {
  await browser.close();
  await stop();
}
told(`pages, screenshots in ${out}`);
