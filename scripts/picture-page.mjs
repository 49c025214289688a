// Takes the pictures of the page in the README, docs/figures/page-*.png: node scripts/picture-page.mjs
// Build first: npm run build && npm run build:page. Needs Chromium; takes about a minute.
import { spawn, spawnSync } from "node:child_process";
import { chromium } from "playwright-core";

const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
const server = spawn("node", ["dist/cli/main.js", "view", "--no-open", "--port", "0"]);
const address = await new Promise((resolve) => {
  server.stdout.on("data", (text) => resolve(/http:\S+/.exec(text)[0]));
});
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
await page.goto(address);
const press = (name) => page.getByRole("button", { name }).first().click();

/** Plays as fast as it goes until so many seconds are simulated, and takes a picture. */
async function picture(name, untilS) {
  await page.getByLabel("Speed").selectOption("as fast as it goes");
  const play = page.getByRole("button", { name: "Play", exact: true });
  if (await play.count()) await play.click();
  await page.waitForFunction(
    (ms) => Number(document.querySelector('input[aria-label="Moment"]').value) >= ms,
    1000 * untilS,
    { timeout: 300_000 },
  );
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  // The last spikes have been painted then.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  if (name) await page.screenshot({ path: `docs/figures/page-${name}.png` });
}

await picture(undefined, 10);
await press("Let it learn");
await picture("learning", 50);
await press(/^Go back/);
await page.getByText("on its way …").waitFor({ state: "detached" });
await press("Turn scaling on");
await press("Let it learn");
await picture("scaling", 50);
await browser.close();
server.kill("SIGINT");
