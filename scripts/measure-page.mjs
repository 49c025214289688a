// Measures the page in Chromium, paired with Node.js: node scripts/measure-page.mjs [MINUTES|opening]
// Build first: npm run build && npm run build:page. MINUTES of real time are spent on memory;
// with "opening", only the time to the first firing is measured, in some seconds.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { readExperiment, Simulation } from "../dist/index.js";

const onlyOpening = process.argv[2] === "opening";
const minutes = onlyOpening ? 0 : Number(process.argv[2] ?? 5);
const executablePath = spawnSync("which", ["chromium"], { encoding: "utf8" }).stdout.trim();
const server = spawn("node", ["dist/cli/main.js", "view", "--no-open", "--port", "0"]);
const address = await new Promise((resolve) => {
  server.stdout.on("data", (text) => resolve(/http:\S+/.exec(text)[0]));
});
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox"] });
const viewport = { width: 1440, height: 900 };

/** Listens to the worker, and looks for spikes in the raster; runs in the page. */
function listen() {
  const measured = { spikes: 0, timeMs: 0, firstMs: undefined };
  globalThis.measured = measured;
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data: { piece } }) => {
        if (!piece) return;
        measured.spikes += piece.cells.length;
        measured.timeMs = piece.untilMs;
      });
    }
  };
  const isMarked = (canvas) => {
    const { width, height } = canvas;
    if (width === 0 || height === 0) return false;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return new Uint32Array(data.buffer).some((pixel) => pixel !== 0);
  };
  const look = () => {
    const canvases = [...document.querySelectorAll(".raster canvas")];
    if (measured.spikes > 0 && canvases.some(isMarked)) measured.firstMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Times from navigation to the first firing seen, ms, each in a browser that knows nothing yet. */
async function openings(count) {
  const times = [];
  for (let k = 0; k < count; k++) {
    const context = await browser.newContext({ viewport });
    const visit = await context.newPage();
    await visit.addInitScript(listen);
    await visit.goto(address);
    await visit.waitForFunction(() => globalThis.measured.firstMs !== undefined);
    times.push(await visit.evaluate(() => globalThis.measured.firstMs));
    await context.close();
  }
  return times.map(Math.round).sort((one, other) => one - other);
}

const firstMs = await openings(7);
console.log(`first firing seen, ms after navigation, 7 openings: ${firstMs.join(", ")}`);
if (onlyOpening) {
  await browser.close();
  server.kill("SIGINT");
  process.exit();
}

const page = await browser.newPage({ viewport });
await page.addInitScript(listen);
const measured = () => page.evaluate(() => globalThis.measured);
const wait = (seconds) => page.waitForTimeout(1000 * seconds);

/** Simulated time of some seconds in the page, and the processor time of its threads, ms. */
async function pageTimes(seconds) {
  const categories = ["toplevel", "__metadata"];
  await browser.startTracing(page, { categories });
  const from = await measured();
  await wait(seconds);
  const to = await measured();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const nameOf = Object.fromEntries(
    traceEvents
      .filter(({ ph, name }) => ph === "M" && name === "thread_name")
      .map(({ pid, tid, args }) => [`${pid} ${tid}`, args.name]),
  );
  const tasks = (thread) =>
    traceEvents
      .filter(({ name, tdur }) => name === "ThreadControllerImpl::RunTask" && tdur !== undefined)
      .filter(({ pid, tid }) => nameOf[`${pid} ${tid}`] === thread)
      .map(({ tdur }) => tdur / 1000);
  return {
    simulatedMs: to.timeMs - from.timeMs,
    workerMs: tasks("DedicatedWorker thread").reduce((sum, one) => sum + one, 0),
    longestMs: Math.max(0, ...tasks("CrRendererMain")),
  };
}

/** Simulated time over processor time in Node.js, from the same moment on. */
function nodeSpeed(simulation, seconds) {
  const [began, fromMs] = [process.cpuUsage(), simulation.timeMs];
  const usedMs = () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
  while (usedMs() < 1000 * seconds) simulation.advance(simulation.timeMs + 100, () => {});
  return (simulation.timeMs - fromMs) / usedMs();
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Rounds in which the page and Node.js take turns. Speeds are simulated time over processor time of
 * the thread that simulates, and blocks are processor time, so that other work on the machine
 * does not count.
 */
async function paired(what, simulation) {
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await wait(1);
    const { simulatedMs, workerMs, longestMs } = await pageTimes(3);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await wait(0.5);
    const inNode = nodeSpeed(simulation, 1);
    rounds.push({ inPage: simulatedMs / workerMs, inNode, longestMs });
  }
  const ratio = median(rounds.map(({ inPage, inNode }) => inPage / inNode));
  const [inPage, inNode] = ["inPage", "inNode"].map((key) => median(rounds.map((one) => one[key])));
  const longestMs = Math.max(...rounds.map((one) => one.longestMs));
  console.log(
    `${what}: page × ${inPage.toFixed(1)}, Node.js × ${inNode.toFixed(1)}, ratio ${ratio.toFixed(2)} ` +
      `(medians of 5); longest task of the page's own thread ${longestMs.toFixed(0)} ms`,
  );
}

await page.goto(address);
await page.waitForFunction(() => globalThis.measured.firstMs !== undefined);
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
  page.getByRole("button", { name: "Experiment file", exact: true }).click(),
]);
const text = readFileSync(await download.path(), "utf8").replace(/duration: .*/, "duration: 1 h");
const { parameters, entries } = readExperiment(text);
await paired("at rest", new Simulation(parameters, { entries }));

// Hyperactive from here on: four times the external drive.
const drive = [...entries, { at: "0 s", external: 4 }];
await page.getByText("All interventions").click();
await page.getByLabel("Kind").selectOption("external");
await page.getByRole("textbox", { name: /external/ }).fill("4");
await page.getByRole("button", { name: "Do it now" }).click();
const before = await measured();
await paired("hyperactive", new Simulation(parameters, { entries: drive }));
const after = await measured();
const rate = (1000 * (after.spikes - before.spikes)) / (after.timeMs - before.timeMs);
console.log(`hyperactive: ${Math.round(rate)} spikes a simulated second`);
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
