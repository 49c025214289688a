// Measures the page in Chromium, paired with Node.js: node scripts/measure-page.mjs [MINUTES]
// Build first: npm run build && npm run build:page. MINUTES of real time are spent on memory.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { readExperiment, Simulation } from "../dist/index.js";

const minutes = Number(process.argv[2] ?? 5);
const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
const server = spawn("node", ["dist/cli/main.js", "view", "--no-open", "--port", "0"]);
const address = await new Promise((resolve) => {
  server.stdout.on("data", (text) => resolve(/http:\S+/.exec(text)[0]));
});
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

/** Listens to the worker, and to what blocks the page's own thread. */
await page.addInitScript(() => {
  globalThis.measured = { spikes: 0, timeMs: 0, file: "", firstMs: undefined, longestMs: 0 };
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data: { piece } }) => {
        if (!piece) return;
        const { measured } = globalThis;
        measured.spikes += piece.cells.length;
        measured.timeMs = piece.untilMs;
        measured.atMs = performance.now();
        if (piece.cells.length > 0) {
          requestAnimationFrame(() => {
            measured.firstMs ??= performance.now();
          });
        }
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      globalThis.measured.longestMs = Math.max(globalThis.measured.longestMs, duration);
    }
  }).observe({ entryTypes: ["longtask"] });
});
const measured = () => page.evaluate(() => globalThis.measured);
const wait = (seconds) => page.waitForTimeout(1000 * seconds);

/** Simulated over real time in the page, over some seconds. */
async function pageSpeed(seconds) {
  const from = await measured();
  await wait(seconds);
  const to = await measured();
  return (to.timeMs - from.timeMs) / (to.atMs - from.atMs);
}

/** The same in Node.js, from the same moment on. */
function nodeSpeed(simulation, seconds) {
  const [beganMs, fromMs] = [performance.now(), simulation.timeMs];
  while (performance.now() - beganMs < 1000 * seconds) {
    simulation.advance(simulation.timeMs + 100, () => {});
  }
  return (simulation.timeMs - fromMs) / (performance.now() - beganMs);
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Rounds in which the page and Node.js take turns. */
async function paired(what, simulation) {
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await wait(0.5);
    const inPage = await pageSpeed(3);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await wait(0.5);
    rounds.push({ inPage, inNode: nodeSpeed(simulation, 3) });
  }
  const ratio = median(rounds.map(({ inPage, inNode }) => inPage / inNode));
  const [inPage, inNode] = ["inPage", "inNode"].map((key) => median(rounds.map((one) => one[key])));
  const speeds = `page × ${inPage.toFixed(1)}, Node.js × ${inNode.toFixed(1)} of real time`;
  console.log(`speed ${what}: ${speeds}; ratio ${ratio.toFixed(2)} (median of 5)`);
}

await page.goto(address);
await page.waitForFunction(() => globalThis.measured.firstMs !== undefined);
console.log(`first firing seen: ${Math.round((await measured()).firstMs)} ms after navigation`);
const files = await page.evaluate(() =>
  performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
);
const sent = ["index.html", ...files.filter((path) => /\.(js|css)$/.test(path))];
const bytes = sent.map((path) => gzipSync(readFileSync(`dist/page/${path}`), { level: 9 }).length);
console.log(`page, compressed: ${Math.round(bytes.reduce((a, b) => a + b) / 1000)} kB`);

await page.getByLabel("Speed").selectOption("as fast as it goes");
await page.getByRole("button", { name: "Pause", exact: true }).click();
await page.getByText("Take it away").click();
const [download] = await Promise.all([
  page.waitForEvent("download"),
  page.getByRole("button", { name: "Experiment file" }).click(),
]);
const text = readFileSync(await download.path(), "utf8").replace(/duration: .*/, "duration: 1 h");
const { parameters, entries } = readExperiment(text);
await paired("at rest", new Simulation(parameters, { entries }));

// Hyperactive from the first second on: ten times the external drive.
const drive = [...entries, { at: "0 s", external: 4 }];
await page.getByText("All interventions and parameters").click();
await page.getByLabel("Kind").selectOption("external");
await page.getByRole("textbox", { name: /external/ }).fill("4");
await page.getByRole("button", { name: "Do it now" }).click();
await page.evaluate(() => {
  globalThis.measured.longestMs = 0;
});
const before = await measured();
await paired("hyperactive", new Simulation(parameters, { entries: drive }));
const after = await measured();
const rate = (1000 * (after.spikes - before.spikes)) / (after.timeMs - before.timeMs);
console.log(`hyperactive: ${Math.round(rate)} spikes a simulated second`);
console.log(`longest block of the page's thread: ${Math.round(after.longestMs)} ms`);

await page.getByRole("button", { name: "Play", exact: true }).click();
for (let minute = 0; minute <= minutes; minute++) {
  const { bytes: memory } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  const { timeMs, spikes } = await measured();
  const known = `${Math.round(timeMs / 1000)} s simulated, ${(spikes / 1e6).toFixed(1)} M spikes`;
  console.log(`memory after ${known}: ${Math.round(memory / 1e6)} MB`);
  if (minute < minutes) await wait(60);
}
await browser.close();
server.kill("SIGINT");
