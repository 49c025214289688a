import { unzipSync } from "fflate";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MemoryStore, RunReader, readExperiment, runExperiment } from "../../src/index.ts";
import { readCheckpoint } from "../../src/recording/checkpoint.ts";
import { simulated } from "../live/session.ts";
import { findChromium, launch } from "./chromium.ts";
import type { Heard } from "./recorded-messages.ts";
import { type Site, servedPage, spikesOf, Visit } from "./visit.ts";

const chromium = findChromium();
const reason = chromium ? "" : " (skipped: none is installed, nor named by CHROMIUM)";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (!chromium) return;
  site = await servedPage();
  browser = await launch(chromium);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe.skipIf(!chromium)(`the page in Chromium${reason}`, () => {
  let context: BrowserContext;

  beforeEach(async () => {
    context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    return () => context.close();
  });

  it("takes twenty touches by mouse and keyboard, goes back and forks, to Node's bits", async () => {
    const visit = await Visit.to(context, site.address);
    const { page } = visit;
    await visit.fired();
    await page.keyboard.press("Space");
    await page.getByLabel("Speed").selectOption("real time");
    await page.locator("h1").click();
    await page.keyboard.press("l");
    await visit.pressed("Stop learning");
    await visit.playSome(200);
    await visit.button("Turn scaling on").click();
    await visit.pressed("Turn scaling off");
    await visit.playSome(200);
    await page.keyboard.press("s");
    await page.keyboard.press("l");
    await visit.open("Adjust");
    for (const slider of ["External drive", "STDP step", "Scaling rate", "Scaling memory"]) {
      await page.getByRole("slider", { name: slider }).focus();
      for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
    }
    await visit.playSome(200);
    const deletion = await visit.open("Delete cells");
    await deletion.getByLabel("Count").fill("7");
    await deletion.getByLabel("Which").selectOption("highest-rate");
    await deletion.getByRole("button").click();
    await visit.button("Choose cells with a brush").click();
    await page.locator("canvas.column").scrollIntoViewIfNeeded();
    const box = (await page.locator("canvas.column").boundingBox())!;
    const stroke = [0.3, 0.5, 0.7].map((part) => [box.x + part * box.width, box.y + 60] as const);
    await page.mouse.move(...stroke[0]!);
    await page.mouse.down();
    for (const place of stroke) await page.mouse.move(...place);
    await page.mouse.up();
    await visit.button(/^Forget \d+ chosen$/).waitFor();
    await deletion.getByLabel("Count").fill("2");
    await deletion.getByRole("button").click();
    const stimulation = await visit.open("Stimulate");
    await stimulation.getByLabel("For, s").fill("0.2");
    await stimulation.getByRole("button").press("Enter");
    await visit.playSome(300);
    // This deletion is left again: the column goes back to the first ones.
    await deletion.getByRole("button").click();
    await visit.playSome(300);
    await visit
      .button(/^Go to .* deleted/)
      .first()
      .press("Enter");
    await visit.settled();
    const others = await visit.open("All interventions");
    await others.getByLabel("cells").fill("E5R");
    await others.getByRole("button").click();
    for (const name of ["Let it learn", "Turn scaling on"]) await visit.button(name).click();
    await visit.playSome(500);
    await visit.page.locator(".past").waitFor();

    const text = (await visit.saved("Experiment file")).toString();
    const experiment = readExperiment(text);
    expect(text).toMatch(/silence: \{ cells: E5R \}/);
    expect(text.match(/delete:/g)).toHaveLength(2);
    expect(text).toMatch(/delete:\s+\{\s+cells:\s+"\d[-\d,\s]+",\s+count: 2/);
    expect(experiment.entries.length).toBeGreaterThan(9);
    const untilMs = 1000 * Number.parseFloat(/duration: (\S+) s/.exec(text)![1]!);
    // Live, spike for spike, through all touches and the fork.
    expect(spikesOf(await visit.heard())).toEqual(simulated(experiment, untilMs).spikes);

    // As recorded: all of it, and the whole state of the engine.
    const files = unzipSync(await visit.saved("Download run"));
    const store = new MemoryStore();
    for (const [path, bytes] of Object.entries(files)) {
      store.append(path.replace(/^column\//, ""), bytes);
    }
    const own = new MemoryStore();
    const run = await runExperiment(experiment, { store: own, label: "column", untilMs });
    const found = new RunReader(store);
    expect(found.verify()).toEqual([]);
    expect(recordOf(found)).toEqual(recordOf(run));
    const checkpoint = store.list("checkpoints").at(-1)!;
    const [state, expected] = [store, own].map((one) =>
      readCheckpoint(one, `checkpoints/${checkpoint}`),
    );
    expect(state!.state).toEqual(expected!.state);
    expect(state!.manifest.simulatedMs).toBe(untilMs);
    expect(visit.errors).toEqual([]);
    expect(visit.requests.filter((url) => !/^(blob:)?http:\/\/127\.0\.0\.1/.test(url))).toEqual([]);
  });

  it("returns to a future that was left, and changes any parameter", async () => {
    const visit = await Visit.to(context, site.address);
    const { page } = visit;
    await visit.fired();
    await page.keyboard.press("Space");
    await page.getByLabel("Speed").selectOption("real time");
    await visit.button("Let it learn").press("Enter");
    await visit.pressed("Stop learning");
    await visit.playSome(200);
    const left = (await visit.saved("Experiment file")).toString();
    await visit.button(/^Go back/).press("Enter");
    await visit.settled();
    await visit.button("Turn scaling on").press("Enter");
    await visit.pressed("Turn scaling off");
    await visit.playSome(100);
    await page.getByText(/^Now with learning, with scaling$/).waitFor();
    await visit.button("Return to it").press("Enter");
    await page.getByText(/^Now with learning, without scaling$/).waitFor();
    expect((await visit.saved("Experiment file")).toString()).toBe(left);
    await visit.button("Forget").press("Enter");
    await page.locator(".past").waitFor({ state: "detached" });

    const parameters = await visit.open("All parameters");
    await parameters.getByRole("searchbox").fill("scaling gain β");
    await parameters.getByLabel(/^scalingBeta/).fill("0.5");
    await page.keyboard.press("Enter");
    await visit.settled();
    expect((await visit.saved("Experiment file")).toString()).toMatch(/set: .*scalingBeta: 0\.5/);
    await parameters.getByRole("searchbox").fill("wiring seed");
    await parameters.getByLabel(/^wiringSeed/).fill("-1");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText('wiringSeed = "-1"').waitFor();
    await visit.button("Close").click();
    await parameters.getByLabel(/^wiringSeed/).fill("7");
    await page.keyboard.press("Enter");
    await visit.button("Let it learn").waitFor();
    await visit.button("Pause").click();
    const renewed = (await visit.saved("Experiment file")).toString();
    expect(renewed).toMatch(/wiringSeed: 7/);
    expect(renewed).not.toMatch(/scalingBeta: 0\.5/);
    expect(visit.errors).toEqual([]);
  });

  it("copies a link that opens the same experiment at the same moment, and explains a bad one", async () => {
    const visit = await Visit.to(context, site.address);
    await visit.fired();
    await visit.page.keyboard.press("l");
    await visit.pressed("Stop learning");
    await visit.page.keyboard.press("Space");
    await visit.settled();
    await visit.button("Copy link").click();
    await visit.page.getByText("The link is copied.").waitFor();
    const link = await visit.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/#1\.[\w-]+$/);
    const picture = (await visit.saved("Picture")).toString();
    expect(picture).toMatch(/^<svg /);
    expect(picture).toContain("plasticity");
    const other = await Visit.to(context, link);
    await other.pressed("Stop learning");
    await other.settled();
    expect(await other.saved("Experiment file")).toEqual(await visit.saved("Experiment file"));
    expect(spikesOf(await other.heard())).toEqual(spikesOf(await visit.heard()));

    const bad = await Visit.to(context, `${link.slice(0, -40)}`);
    await bad.page.getByText(/incomplete or damaged/).waitFor();
    await bad.button("Let it learn").waitFor();
    for (const { errors } of [visit, other, bad]) expect(errors).toEqual([]);
  });

  it("refuses values where they are typed, and forgets what was wrong with an earlier touch", async () => {
    const visit = await Visit.to(context, site.address);
    const { page } = visit;
    await visit.fired();
    // Of all panels, the last one has the axis of time.
    await expect.poll(() => page.locator(".curve .u-axis").count()).toBe(5);
    expect(await page.locator(".curve").last().locator(".u-axis").count()).toBe(2);
    // A button that was clicked leaves the space to all.
    await visit.button("Let it learn").click();
    await visit.pressed("Stop learning");
    await page.keyboard.press("Space");
    await visit.button("Play").waitFor();
    const deletion = await visit.open("Delete cells");
    const count = deletion.getByLabel("Count");
    for (const wrong of ["", "1.5", "0", "471"]) {
      await count.fill(wrong);
      await deletion.getByRole("button").click();
      expect(await count.evaluate((field) => field.matches(":focus:invalid"))).toBe(true);
    }
    await count.fill("400");
    await count.press("Enter");
    const problem = "count: 400 cells are more than there are: 322.";
    await page.getByRole("alert").getByText(problem, { exact: true }).waitFor();
    await count.fill("3");
    await count.press("Enter");
    await page.getByRole("alert").getByText(problem).waitFor({ state: "detached" });
    await visit.settled();
    const text = (await visit.saved("Experiment file")).toString();
    expect(text.match(/delete:/g)).toHaveLength(1);
    // What has the focus is not behind the controls at the foot of the window.
    const foot = (await page.locator(".dock").boundingBox())!.height;
    const kept = await page.evaluate(
      () => getComputedStyle(document.documentElement).scrollPaddingBottom,
    );
    expect(kept).toBe(`${foot}px`);
    expect(visit.errors).toEqual([]);
  });

  it("opens columns side by side by the address, and deletes cells in one of them", async () => {
    const address = `${site.address}#colW=2&colH=2&sizeFactor=0.5`;
    const visit = await Visit.to(context, address);
    const { page } = visit;
    await visit.fired();
    await page.keyboard.press("Space");
    await page.getByLabel("cells in 2 × 2 columns of four layers").waitFor();
    await page.getByText(" cells in 4 columns,").waitFor();
    const bands = page.locator(".raster:not(.left) .layers span");
    expect(await bands.allTextContents()).toEqual(["col 3", "col 2", "col 1", "col 0"]);
    const rates = page.locator("table.rates");
    await rates.waitFor();
    expect(await rates.locator("thead th").allTextContents()).toEqual(["0", "1", "2", "3"]);
    expect(await rates.locator("tbody th").allTextContents()).toContain("E5R");
    expect(await page.getByText("Excitatory cells by column").count()).toBe(1);
    const deletion = await visit.open("Delete cells");
    await deletion.getByLabel("Count").fill("9");
    await deletion.getByLabel("Column").selectOption("2");
    await deletion.getByRole("button").click();
    await visit.playSome(50);
    const text = (await visit.saved("Experiment file")).toString();
    expect(text).toMatch(/columnsX: 2/);
    expect(text).toMatch(/cells: \{ of: E, column: 2 \}/);
    const untilMs = 1000 * Number.parseFloat(/duration: (\S+) s/.exec(text)![1]!);
    expect(spikesOf(await visit.heard())).toEqual(simulated(readExperiment(text), untilMs).spikes);
    expect(visit.errors).toEqual([]);

    const large = await Visit.to(context, `${site.address}#colW=20&colH=20`);
    await large.page.getByText(/188 000 cells .* Choose fewer columns/).waitFor();
    await large.button("Let it learn").waitFor();
    expect(large.errors).toEqual([]);
  });

  it("replays the runs of the original, spike for spike", async () => {
    const visit = await Visit.to(context, site.address);
    await visit.button("Pause").click();
    await visit.open("Verify");
    await visit.page.locator(".panel-body").getByRole("button", { name: "Verify" }).click();
    await visit.page
      .getByText("212 284 of 212 284 spikes identical.")
      .waitFor({ timeout: 200_000 });
    expect(await visit.page.getByRole("cell", { name: "passed" }).count()).toBe(5);
    expect(visit.errors).toEqual([]);
  });

  it("starts anew from what was shared when the simulation is lost", async () => {
    const visit = await Visit.to(context, site.address);
    await visit.fired();
    await visit.page.keyboard.press("Space");
    await visit.page.keyboard.press("l");
    await visit.pressed("Stop learning");
    await visit.open("Take it away");
    await visit.button("Copy link").click();
    await visit.page.getByText("The link is copied.").waitFor();
    const file = await visit.saved("Experiment file");
    await visit.page.evaluate(() => {
      const { column } = (globalThis as unknown as { heard: Heard }).heard;
      column!.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
    });
    await visit.page.getByText(/started anew .* \(out of memory\)/).waitFor();
    await visit.pressed("Stop learning");
    expect(await visit.saved("Experiment file")).toEqual(file);
    await visit.playSome(100);
  });
});

/** All that a run has recorded. */
const recordOf = (run: RunReader) => ({
  spikes: run.spikes(),
  samples: run.samples(),
  gains: Array.from(run.gainTimesMs.keys(), (index) => run.gains(index)),
  events: run.events(),
  identity: run.manifest.network.hash,
});
