// Write a word in Firefox, and print what came of it as JSON.
//
// Usage: node firefox.mjs CHECKERS FIREFOX FIRST_ADDRESS ENTRY_ADDRESS
import { createRequire } from "node:module";

const [checkers, firefox, first, entry] = process.argv.slice(2);
const puppeteer = createRequire(`${checkers}/package.json`)("puppeteer-core");
const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
const told = { wrong: [] };
try {
  const page = await browser.newPage();
  page.on("console", (line) => ["error", "warn"].includes(line.type()) && told.wrong.push(line.text()));
  page.on("pageerror", (error) => told.wrong.push(String(error)));
  const until = async (is) => {
    for (let round = 0; round < 300; round += 1) {
      if (await is()) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  };
  const kept = (words) => until(async () => (await page.$eval("[data-kept]", (one) => one.textContent)) === words);
  await page.goto(first);
  await page.goto(entry);
  await page.waitForSelector(".ProseMirror");
  told.opened = await kept("Saved");
  await page.click(".ProseMirror p");
  await page.keyboard.press("Home");
  await page.keyboard.type(" recieve ");
  told.slip = await until(async () => (await page.$(".slip")) !== null);
  await page.click("[data-mode]");
  await page.waitForSelector(".cm-content");
  await page.click("[data-mode]");
  await page.waitForSelector(".ProseMirror");
  await page.keyboard.down("Control");
  await page.keyboard.press("s");
  await page.keyboard.up("Control");
  told.saved = await kept("Saved");
} finally {
  await browser.close();
}
console.log(JSON.stringify(told));
