// A form of HTML in Chromium: node formulaire.mjs CHROMIUM TOOLS OUTPUT PAGE.html
// Two choices in a row of exclusive ones, then one taken back; what the saved copy holds each time.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [chrome, tools, output, path] = process.argv.slice(2);
const { chromium } = createRequire(join(tools, "package.json"))("playwright-core");
const browser = await chromium.launch({ executablePath: chrome, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.goto(pathToFileURL(path).href, { waitUntil: "load" });

/** What a copy saved now holds, and what the page says of it. */
async function saved(name) {
  const wait = page.waitForEvent("download");
  await page.click("#dla-enregistrer");
  await (await wait).saveAs(join(output, name));
  const copy = await browser.newPage();
  await copy.goto(pathToFileURL(join(output, name)).href, { waitUntil: "load" });
  const { valeurs } = JSON.parse(await copy.textContent("#dla-donnees"));
  const shown = await copy.locator("input[type=radio]:checked").evaluateAll((all) => all.map((one) => one.value));
  await copy.close();
  const chosen = Object.keys(valeurs).filter((key) => valeurs[key] === true);
  return { chosen, shown, keys: Object.keys(valeurs), said: await page.textContent("#dla-etat") };
}

const group = await page.locator("input[type=radio]").first().getAttribute("name");
const choices = page.locator(`input[name="${group}"]`);
const keys = await choices.evaluateAll((all) => all.map((one) => one.value));
await choices.nth(0).click();
await choices.nth(2).click();
const one = await saved("un.html");
await choices.nth(2).press("Space");
const none = await saved("aucun.html");
await browser.close();
process.stdout.write(JSON.stringify({ keys, one, none }));
