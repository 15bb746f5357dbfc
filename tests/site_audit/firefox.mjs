// Opens pages in Firefox and tells what it complains of, and how wide they are. Asked and answered in JSON:
// {firefox, root, pages, widths} on standard input; a list of {page, complaints, sideways} on standard output.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const { firefox, root, pages, widths } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  acceptInsecureCerts: true,
  // It speaks to this machine alone.
  extraPrefsFirefox: { "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false },
});
try {
  for (const page of pages) {
    const tab = await browser.newPage();
    const complaints = [];
    tab.on("console", (line) => { if (["error", "warn", "assert"].includes(line.type())) complaints.push(line.text()); });
    tab.on("pageerror", (error) => complaints.push(String(error)));
    const sideways = [];
    for (const width of widths) {
      await tab.setViewport({ width, height: 800 });
      await tab.goto(root + page, { waitUntil: "load" });
      const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) sideways.push({ width, wide });
    }
    await tab.close();
    process.stdout.write(JSON.stringify({ page, complaints: [...new Set(complaints)], sideways }) + "\n");
  }
} finally {
  await browser.close();
}
