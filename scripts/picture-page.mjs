// Takes the pictures of the page in the README, docs/figures/page-*.webp: node scripts/picture-page.mjs
// Build first: npm run build && npm run build:page. Needs Chromium; takes about a minute.
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
const server = spawn("node", ["dist/cli/main.js", "view", "--no-open", "--port", "0"]);
const address = await new Promise((resolve) => {
  server.stdout.on("data", (text) => resolve(/http:\S+/.exec(text)[0]));
});
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 780 } });
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
  if (name) writeFileSync(`docs/figures/page-${name}.webp`, await smaller(await page.screenshot()));
}

/** A picture as WebP, which only browsers write here. */
async function smaller(png) {
  const other = await browser.newPage();
  const address = await other.evaluate(
    async (base64) => {
      const picture = await createImageBitmap(await (await fetch(base64)).blob());
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [picture.width, picture.height];
      canvas.getContext("2d").drawImage(picture, 0, 0);
      return canvas.toDataURL("image/webp", 0.8);
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await other.close();
  return Buffer.from(address.split(",")[1], "base64");
}

await picture(undefined, 10);
await press("Let it learn");
await picture("learning", 95);
await press(/^Go back/);
await page.getByText("on its way …").waitFor({ state: "detached" });
await press("Turn scaling on");
await picture("scaling", 95);
await browser.close();
server.kill("SIGINT");
