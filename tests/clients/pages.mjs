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

const browser = await chromium.launch({ executablePath: chrome, args: FLAGS });
const found = {};
for (const path of pages) {
  const name = basename(path, ".html");
  const page = await browser.newPage();
  const said = (found[name] = { asked: [], console: [], violations: {}, passes: {}, wide: {} });
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) said.asked.push(request.url());
  });
  page.on("console", (message) => said.console.push(message.text()));
  page.on("pageerror", (error) => said.console.push(String(error)));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
    said.wide[width] = await page.evaluate(wide);
    // In a window as high as the page, the bar that stays at its foot covers no field by chance.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height });
    await page.evaluate(axe);
    const options = { runOnly: { type: "tag", values: TAGS } };
    const result = await page.evaluate((values) => axe.run(document, values), options);
    said.violations[width] = result.violations.map(summary);
    said.passes[width] = result.passes.map((rule) => rule.id);
  }
  await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
  await page.pdf({ path: join(output, `${name}.pdf`), preferCSSPageSize: true });
  await page.close();
}
await browser.close();
process.stdout.write(JSON.stringify(found));
