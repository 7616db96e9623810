// What the programs of this folder share: counted checks, a ledger that is served, a browser, axe-core.
import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const reports = join(root, "examples/reports.jsonl");

let failures = 0, checks = 0;
export const check = (good, what) => { ++checks; if (!good) { ++failures; console.log("FAILED " + what); } };
// Ends the program; `what` was checked.
export const told = what => {
  console.log(`${what}: ${checks} checks, ${failures} failed`);
  process.exit(failures ? 1 : 0);
};

// A folder of its own, gone when the program ends.
export const folder = mkdtempSync(join(tmpdir(), "chancery-web-"));
process.on("exit", () => rmSync(folder, {recursive: true, force: true}));

// A new ledger of these files.
export const ledgerOf = (program, ...files) => {
  const ledger = join(folder, "web.ledger");
  const filled = spawnSync(program, ["ingest", "--ledger", ledger, ...files], {encoding: "utf8"});
  check(filled.status === 0, "ingest: " + filled.stderr);
  return ledger;
};

// A server of a ledger on a free port: {base, stop}.
export const serving = async (program, ledger, ...options) => {
  const server = spawn(program, ["serve", "--ledger", ledger, "--port", "0", ...options], {stdio: ["ignore", "pipe", "inherit"]});
  const base = await new Promise((good, bad) => {
    server.stdout.on("data", d => good(String(d).trim().replace(/\/$/, "")));
    server.on("exit", code => bad(new Error("the server ended with " + code)));
  });
  const stop = async () => {
    server.kill("SIGTERM");
    const code = await new Promise(good => server.on("exit", good));
    check(code === 0, `the server stops with ${code}`);
  };
  return {base, stop};
};

// Debian's chromium, which asks nobody for anything.
export const launched = async () => {
  const {chromium} = await import("playwright-core");
  return chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]});
};

// Without a violation of the rules of axe-core (WCAG 2.2 A and AA, and what it counts as good practice).
export const accessible = async (page, what) => {
  const {default: axe} = await import("axe-core");
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  for (const v of found.violations) check(false, `${what}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" | ")}`);
  check(found.violations.length === 0, `${what}: axe-core`);
};
