// Opens pages in Chromium, one launch for all: node pages.mjs CHROMIUM TOOLS OUTPUT PAGE.html…
// Writes on the standard output what axe-core and the browser said, and OUTPUT/PAGE.pdf, printed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [chrome, tools, output, ...pages] = process.argv.slice(2);
const require = createRequire(join(tools, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [1280, 390];
const HEIGHT = 844;

/** What one rule found: its name and the first elements at fault. */
function summary(violation) {
  const nodes = violation.nodes.slice(0, 5).map((node) => node.html.slice(0, 200));
  return { rule: violation.id, help: violation.help, count: violation.nodes.length, nodes };
}

/** Elements that reach beyond the right edge of the window. */
function wide() {
  const edge = document.documentElement.clientWidth;
  return {
    page: document.documentElement.scrollWidth,
    edge,
    beyond: [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 120)),
  };
}

/** What is said of one page; it is loaded once, then seen at each width, then printed. */
async function seen(browser, path) {
  const page = await browser.newPage();
  const said = { asked: [], console: [], violations: {}, passes: {}, wide: {} };
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.asked.push(request.url());
  });
  page.on("console", (message) => said.console.push(message.text()));
  page.on("pageerror", (error) => said.console.push(String(error)));
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  await page.evaluate(axe);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    said.wide[width] = await page.evaluate(wide);
    // In a window as high as the page, the bar that stays at its foot covers no field by chance.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    const options = { runOnly: { type: "tag", values: TAGS } };
    const result = await page.evaluate((values) => axe.run(document, values), options);
    said.violations[width] = result.violations.map(summary);
    said.passes[width] = result.passes.map((rule) => rule.id);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  const printed = join(output, `${basename(path, ".html")}.pdf`);
  await page.pdf({ path: printed, preferCSSPageSize: true });
  await page.close();
  return said;
}

const browser = await chromium.launch({ executablePath: chrome, args: FLAGS });
const found = {};
const left = [...pages];
// Two at a time: while one is drawn, the other is looked at.
const worker = async () => {
  for (let path = left.shift(); path; path = left.shift()) {
    found[basename(path, ".html")] = await seen(browser, path);
  }
};
await Promise.all([worker(), worker()]);
await browser.close();
process.stdout.write(JSON.stringify(found));
