// Runs Lighthouse on pages: a phone of the middle class on a slow connection, as it simulates them. Asked and answered in
// JSON: {chromium, flags, root, pages} on standard input, each page with {address, indexable}; one line {page, scores, figures, failed} a page on standard output.
import { text } from "node:stream/consumers";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

// It asks for robots.txt in the name of the page, whose policy allows no such thing: a fault of the tool, not of the page.
const NOT_OURS = ["robots-txt"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const { chromium, flags, root, pages } = JSON.parse(await text(process.stdin));
const chrome = await launch({
  chromePath: chromium,
  chromeFlags: ["--headless=new", "--ignore-certificate-errors", ...flags],
  logLevel: "silent",
});
try {
  for (const { address, indexable } of pages) {
    const skipAudits = indexable ? NOT_OURS : [...NOT_OURS, "is-crawlable"];
    const { lhr } = await lighthouse(root + address, { port: chrome.port, logLevel: "silent", onlyCategories: CATEGORIES, skipAudits });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(100 * (lhr.categories[name].score ?? 0))]));
    const figure = (name) => lhr.audits[name].numericValue;
    const figures = { paint: figure("largest-contentful-paint"), blocking: figure("total-blocking-time"), shift: figure("cumulative-layout-shift") };
    const failed = CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs
      .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 0.9)
      .map((ref) => ({ category: name, audit: ref.id, title: lhr.audits[ref.id].title })));
    process.stdout.write(`${JSON.stringify({ page: address, scores, figures, failed })}\n`);
  }
} finally {
  chrome.kill();
}
