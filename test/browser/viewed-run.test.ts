import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { archivedRun } from "../../src/archive/archived-run.ts";
import { type EntrySource, readExperiment } from "../../src/index.ts";
import { openRun, planBranch, recordBranch, recordRun, runSweep } from "../../src/node/index.ts";
import type { SpikeWindow } from "../../src/overview/window.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { fileSite, type PageServer, servePage, siteBehind } from "../../src/server/http.ts";
import { pageFiles } from "../../src/server/page-files.ts";
import { OverviewCache } from "../../src/viewing/overview-cache.ts";
import { RunSite } from "../../src/viewing/site.ts";
import { shell } from "../cli/command.ts";
import { findChromium, launch } from "./chromium.ts";
import { type Heard, listenIn } from "./recorded-messages.ts";

const chromium = findChromium();
const reason = chromium ? "" : " (skipped: none is installed, nor named by CHROMIUM)";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let folder: string;
let browser: Browser;
const at = (name: string) => join(folder, "runs", name);

/** Hyperactive from 1 s on; a state is kept at 2 s. */
const experiment = readExperiment(`
duration: 3 s
parameters: { sensorTimeConstantMs: 1000 }
timeline:
  - { id: drive, at: 1 s, external: 4 }
record: { samples: { from: 500 ms, every: 500 ms }, gains: [0 s, 2 s] }
`);
/** Ended at once, with too few cells to delete. */
const ended = `
duration: 3 s
timeline:
  - { id: loss, at: 0 s, delete: { cells: 0-4, count: 5 } }
  - { id: more, at: 0 s, delete: { cells: 0-4, count: 5 } }
  - { id: stop, at: 0 s, end: {} }
`;
/** Two runs of a tenth of a second of a column of 43 cells. */
const sweep = `
preset: training-quick
set: { sizeFactor: 0.1, baselineDurationS: 0.1, learningDurationS: 0, recallDurationS: 0 }
vary: { externalGain: [10, 12] }
`;
const observer = { onReport: () => {}, signal: new AbortController().signal };
const shared = { overwrite: false, preset: null };

beforeAll(async () => {
  if (!chromium) return;
  folder = mkdtempSync(join(tmpdir(), "isocortex-viewed-"));
  execFileSync("node", ["scripts/build-page.mjs", join(folder, "page")]);
  const run = { ...experiment, ...shared, label: "hyperactive", directory: at("hyperactive") };
  await recordRun({ ...run, checkpointTimesMs: [2000] }, observer);
  const branch = { parent: at("hyperactive"), timeMs: 2000, changes: {}, overwrite: false };
  const added: EntrySource[] = [{ at: "2 s", external: 0.5 }];
  const plan = planBranch({ ...branch, added, directory: at("calmer"), label: "calmer" });
  await recordBranch(plan, observer);
  const entries = readExperiment(ended).entries;
  await recordRun({ ...run, entries, label: "stopped", directory: at("stopped") }, observer);
  await runSweep(sweep, at("tiny"), { processes: 0 });
  browser = await launch(chromium);
}, 200_000);

afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A window that was drawn, as far as tests look at it. */
interface DrawnWindow {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly spikes: number;
}

/** A directory as `isocortex view` serves it, and the page that shows it. */
class View {
  readonly errors: string[] = [];
  readonly server: PageServer;
  readonly page: Page;
  readonly address: string;

  private constructor(server: PageServer, page: Page) {
    this.server = server;
    this.page = page;
    this.address = `${server.address}token/`;
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.errors.push(message.text());
    });
  }

  static async of(directory: string, hash = "", options: BrowserContextOptions = {}) {
    const files = pageFiles(join(folder, "page"));
    const page = fileSite(new Map([...files, ["/", files.get("/runs.html")!]]));
    const runs = new RunSite(directory, new OverviewCache(join(folder, "cache")));
    const server = await servePage(
      siteBehind("token", (address) => page(address) ?? runs.answer(address)),
      0,
    );
    const context = await browser.newContext({
      ...{ permissions: ["clipboard-read", "clipboard-write"], ...options },
    });
    const view = new View(server, await context.newPage());
    await view.page.addInitScript(listenIn);
    await view.page.addInitScript(listenToWindows);
    await view.page.goto(view.address + hash);
    return view;
  }

  button(name: string | RegExp) {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  /** The window that was drawn last, once there is one for which something is true. */
  async drawn(isWanted: (window: DrawnWindow) => boolean = () => true): Promise<DrawnWindow> {
    for (;;) {
      const found = await this.page.evaluate(
        () => (globalThis as unknown as { drawn?: DrawnWindow }).drawn,
      );
      if (found && isWanted(found)) return found;
      await this.page.waitForTimeout(20);
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.server.close();
  }
}

/** Listens to the windows that are drawn; runs in the page. */
function listenToWindows(): void {
  globalThis.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener("message", ({ data }: MessageEvent<{ window?: SpikeWindow }>) => {
        const { window } = data;
        if (!window) return;
        const [fromMs, untilMs] = [window.firstBin, window.endBin].map((bin) => bin * window.binMs);
        const spikes = window.sums.reduce((sum, count) => sum + count, 0);
        Object.assign(globalThis, { drawn: { fromMs, untilMs, spikes } });
      });
    }
  };
}

describe.skipIf(!chromium)(`a recorded run in Chromium${reason}`, () => {
  let view: View;

  beforeEach(() => () => view.close());

  it("shows several columns side by side, with their rates", async () => {
    const directory = join(folder, "grid");
    const grid = readExperiment(`
duration: 1 s
parameters: { columnsX: 3, sizeFactor: 0.3 }
timeline: [{ at: 500 ms, delete: { cells: { of: E, column: 1 }, count: 5 } }]
record: { samples: { from: 100 ms, every: 100 ms } }
`);
    await recordRun({ ...grid, ...shared, label: "grid", directory }, observer);
    const run = openRun(directory);
    view = await View.of(directory);
    const { page } = view;
    expect((await view.drawn()).spikes).toBe(run.spikeCount);
    await page.getByLabel("3 × 1 columns of four layers").waitFor();
    const { cellCount, synapseCount, interColumnSynapses } = run.manifest.network;
    const synapses = String(synapseCount + interColumnSynapses!).replace(/\B(?=\d{3}$)/, " ");
    const census = `${cellCount - 5} of ${cellCount} cells live in 3 columns, ${synapses} synapses`;
    await page.getByText(census).waitFor();
    const bands = page.locator(".raster:not(.left) .layers span");
    expect(await bands.allTextContents()).toEqual(["col 2", "col 1", "col 0"]);
    const row = page.locator("table.rates tbody tr", {
      has: page.getByText("I5", { exact: true }),
    });
    await row.waitFor();
    const { cells } = run.spikes();
    const ratesHz = run.manifest.populations
      .filter(({ name }) => name === "I5")
      .map(({ firstCell, cellCount }) => {
        const isOwn = (cell: number) => cell >= firstCell && cell < firstCell + cellCount;
        return (cells.filter(isOwn).length / cellCount).toFixed(1);
      });
    await expect.poll(() => row.locator("td").allTextContents()).toEqual(ratesHz);
    expect(view.errors).toEqual([]);
  });

  it("opens at once and is as dense as it is, from all of it to milliseconds", async () => {
    view = await View.of(at("hyperactive"));
    const run = openRun(at("hyperactive"));
    // Hyperactive: all of it is drawn.
    expect(run.spikeCount).toBeGreaterThan(40_000);
    expect((await view.drawn()).spikes).toBe(run.spikeCount);
    await view.page.getByText("recorded spikes until").waitFor();
    const raster = view.page.locator(".raster canvas").last();
    await raster.hover({ position: { x: 600, y: 50 } });
    await view.page.mouse.wheel(0, -4000);
    const near = await view.drawn(({ fromMs, untilMs }) => untilMs - fromMs < 500);
    const range = { startMs: near.fromMs, endMs: near.untilMs };
    expect(near.spikes).toBe(run.countSpikes(range));
    // Along with the keyboard, and back to all.
    await view.page.keyboard.press("PageUp");
    const before = await view.drawn(({ fromMs }) => fromMs < near.fromMs);
    expect(before.spikes).toBe(run.countSpikes({ startMs: before.fromMs, endMs: before.untilMs }));
    await view.page.keyboard.press("0");
    await view.drawn(({ spikes }) => spikes === run.spikeCount);
    await view.page.getByText("Take it away").click();
    const [download] = await Promise.all([
      view.page.waitForEvent("download"),
      view.button("Download run").click(),
    ]);
    const name = download.suggestedFilename();
    const files = archivedRun(readFileSync(await download.path()), name);
    expect(name).toBe("hyperactive.zip");
    for (const path of [runFiles.spikes, runFiles.manifest]) {
      expect(Buffer.from(files.get(path)!)).toEqual(readFileSync(join(at("hyperactive"), path)));
    }
    expect(view.errors).toEqual([]);
  });

  it("is followed while it is recorded, to the last spike", async () => {
    const directory = join(folder, "growing");
    const recorder = spawn("node", [
      ...["dist/cli/main.js", "run", "baseline", "--set", "baselineDurationS=7200"],
      ...["--checkpoint-every", "2", "--out", directory],
    ]);
    const ended = once(recorder, "exit");
    while (!existsSync(join(directory, runFiles.manifest))) await setTimeout(20);
    view = await View.of(directory);
    await view.page.getByText("it is being recorded, and followed").waitFor();
    const early = await view.drawn(({ spikes }) => spikes > 0);
    await view.drawn(({ spikes, untilMs }) => untilMs > early.untilMs && spikes > early.spikes);
    recorder.kill("SIGINT");
    expect((await ended)[0]).toBe(130);
    const { spikeCount } = openRun(directory);
    await view.drawn(({ spikes }) => spikes === spikeCount);
    await view.page.getByText("it is being recorded").waitFor({ state: "detached" });
    expect(view.errors).toEqual([]);
  });

  it("is continued live from a moment, to the bits of isocortex branch", async () => {
    view = await View.of(join(folder, "runs"), "#run=1&at=2500");
    const { page } = view;
    await page.getByRole("button", { name: "Continue live from 2.5 s" }).waitFor();
    await page.getByLabel("Speed").selectOption("as fast as it goes");
    // Any touch of a record is the beginning of another future.
    await view.button("Turn scaling on").click();
    await view.button("Turn scaling off").waitFor();
    await view.button("Play").click();
    await view.button("Play").waitFor();
    await page.getByText("as it was recorded; left at 2.5 s").waitFor();
    await page.getByText("Take it away").click();
    await view.button("Command").click();
    const command = await page.locator("pre").innerText();
    expect(command).toContain("@2.5");
    const { code } = await shell(command, { cwd: folder });
    expect(code).toBe(0);
    const heard = await page.evaluate(
      () => (globalThis as unknown as { heard: Heard }).heard.spikes,
    );
    const spikes = heard.flatMap((timeMs, k) => (k % 2 === 0 ? [[timeMs, heard[k + 1]!]] : []));
    // From the state that was kept; until the moment, as recorded.
    const past = openRun(at("hyperactive")).spikes({ startMs: 2000, endMs: 2500 });
    const own = openRun(join(folder, "runs", "continued")).spikes();
    const expected = [past, own].flatMap(({ timesMs, cells }) =>
      Array.from(timesMs, (timeMs, k) => [timeMs, cells[k]]),
    );
    expect(spikes.length).toBeGreaterThan(10_000);
    expect(spikes).toEqual(expected);
    await view.button("Back to the record").click();
    await page.getByRole("button", { name: "Continue live from 2.5 s" }).waitFor();
    expect(view.errors).toEqual([]);
  });

  it("is shown with its past where it is a branch, chosen from a list", async () => {
    view = await View.of(join(folder, "runs"));
    for (const name of [/^hyperactive\s.*complete 3.0 s/, /^externalGain = 12\s.*complete 0.1 s/]) {
      await view.page.getByRole("row", { name }).waitFor();
    }
    await view.page.getByRole("row", { name: /^stopped\s.*complete 0 s/ }).waitFor();
    await view.button("stopped").click();
    await view.page.getByText("“5 of 0-4 deleted” has no effect from 0 s on").waitFor();
    await view.button("calmer").click();
    await view.page.getByText("a branch of hyperactive at 2.0 s").waitFor();
    const [past, own] = [openRun(at("hyperactive")), openRun(at("calmer"))];
    // The window drawn last may still be that of the run before.
    const both = past.countSpikes({ endMs: 2000 }) + own.spikeCount;
    await view.drawn(({ spikes }) => spikes === both);
    await view.page.getByText("Look at a cell").click();
    await view.page.getByLabel("Cell 0 to 469").fill("7");
    await view.page.getByLabel("Cell 0 to 469").press("Enter");
    const factor = view.page.getByRole("row", { name: /Scale factor 1.00/ });
    await factor.waitFor();
    expect(await view.page.getByRole("row", { name: /Potential not/ }).count()).toBe(1);
    expect(view.errors).toEqual([]);
  });

  it("says what is wrong, and goes on with another run", async () => {
    const directory = join(folder, "wrong");
    cpSync(join(folder, "runs", "hyperactive"), join(directory, "kept"), { recursive: true });
    cpSync(join(folder, "runs", "hyperactive"), join(directory, "lost"), { recursive: true });
    cpSync(join(folder, "runs", "hyperactive"), join(directory, "damaged"), { recursive: true });
    writeFileSync(join(directory, "damaged", "spikes", "spikes.bin"), "not spikes");
    view = await View.of(directory);
    const rows = view.page.locator(".runs tbody tr");
    await rows.first().waitFor();
    const open = (name: string) => rows.filter({ hasText: name }).getByRole("button").click();
    await open("damaged");
    await view.page.getByText(/spikes\.bin is damaged|spikes\/spikes\.bin/).waitFor();
    renameSync(join(directory, "lost"), join(folder, "elsewhere"));
    await open("lost");
    await view.page.getByText("was deleted or moved").waitFor();
    await open("kept");
    await view.button(/Continue live/).waitFor();
    await view.drawn();
    await view.server.close();
    // What is known is shown on; a state to continue from is not known yet.
    await view.page.keyboard.press("ArrowLeft");
    await view.button("Continue live from 2.7 s").click();
    await view.page.getByText("does not answer").waitFor();
    await view.page.keyboard.press("0");
    expect(await view.button(/Continue live/).isEnabled()).toBe(true);
  });

  it.each(["light", "dark"] as const)("has no fault that axe finds, %s", async (colorScheme) => {
    const options = { colorScheme, viewport: { width: 390, height: 844 } };
    view = await View.of(join(folder, "runs"), "#run=0", options);
    await view.drawn();
    await view.page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    await view.page.evaluate(axe);
    const { violations } = await view.page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual(
      [],
    );
    const widths = await view.page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    expect(widths[0]).toBe(widths[1]);
    expect(view.errors).toEqual([]);
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
