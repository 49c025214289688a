import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { strToU8, unzipSync, zipSync } from "fflate";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runZip } from "../../src/archive/run-zip.ts";
import { type EntrySource, MemoryStore, readExperiment, runExperiment } from "../../src/index.ts";
import { openingExperiment } from "../../src/live/session/opening-experiment.ts";
import { placeLink } from "../../src/live/session/permalink.ts";
import { findChromium, launch } from "./chromium.ts";
import { hostedPage, type Site, Visit } from "./visit.ts";

const chromium = findChromium();
const reason = chromium ? "" : " (skipped: none is installed, nor named by CHROMIUM)";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Pictures of every screen, to be looked at; CI keeps them. */
const screens = fileURLToPath(new URL("./screens", import.meta.url));

let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (!chromium) return;
  site = await hostedPage();
  browser = await launch(chromium);
  mkdirSync(screens, { recursive: true });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** A link to the page's experiment with some touches, at a moment. */
function link(momentMs: number, ...touches: readonly EntrySource[]): string {
  const touched = touches.map((what, k) => ({ id: `touch-${k}`, ...what }));
  const { entries, ...experiment } = openingExperiment();
  const place = { experiment: { ...experiment, entries: [...entries, ...touched] }, momentMs };
  return placeLink({ ...place, touched: touched.map(({ id }) => id) });
}

const states: Readonly<Record<string, string>> = {
  rest: link(1500),
  hyperactive: link(1500, { at: "300 ms", external: 4 }, { at: "300 ms", plasticity: "on" }),
  deletion: link(
    2000,
    { at: "0 s", scaling: "on" },
    { at: "800 ms", delete: { cells: "E", count: 120 } },
  ),
};

/** Opens a link on a page that is open already, and waits until it has reached the moment. */
async function goTo({ page }: Visit, state: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, states[state]!);
  const { momentS } = { momentS: state === "deletion" ? "2.0 s" : "1.5 s" };
  await page.getByLabel("Simulated time").getByText(momentS).waitFor();
}

/** Rules that one theme may keep and the other break; the others see the same page in both. */
const rulesOfColor = { runOnly: ["color-contrast"] };

async function expectNoViolation(page: Page, options: object): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as { axe: Axe }).axe.run(given),
    options,
  );
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
}

interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>;
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const panel of document.querySelectorAll("details")) panel.open = true;
  });

const openContext = (): Promise<BrowserContext> =>
  browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });

describe.skipIf(!chromium)(`the page in any state, in Chromium${reason}`, () => {
  it("has no fault that axe finds, on any screen, light or dark", async () => {
    const context = await browser.newContext({ colorScheme: "light" });
    const visit = await Visit.to(context, `${site.address}#${states["rest"]}`);
    const { page, errors } = visit;
    const look = async (state: string) => {
      await expectNoViolation(page, {});
      for (const [width, height] of [
        [390, 844],
        [820, 1180],
        [1440, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        const widths = await page.evaluate(() => [
          document.documentElement.scrollWidth,
          innerWidth,
        ]);
        expect(widths[0], `${state}, ${width} px wide`).toBe(widths[1]);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate(framesPassed);
          await page.screenshot({ path: `${screens}/${state}-${width}-${colorScheme}.png` });
        }
      }
      await expectNoViolation(page, rulesOfColor);
      await page.emulateMedia({ colorScheme: "light" });
    };
    for (const state of Object.keys(states)) {
      await goTo(visit, state);
      await look(state);
    }
    // A future that was left, above the present one.
    await visit.button(/^Go back/).click();
    await visit.button("Let it learn").click();
    await visit.pressed("Stop learning");
    await page.locator(".past").waitFor();
    await look("left-future");
    await visit.button("Take the tour").click();
    await page.evaluate(() => {
      location.hash = "1.damaged";
    });
    await page.getByText(/incomplete or damaged/).waitFor();
    await unfold(page);
    await look("everything");
    expect(errors).toEqual([]);
    await context.close();
  });

  it("works below any path of a host without headers, and without a network once it was visited", async () => {
    const context = await openContext();
    const visit = await Visit.to(context, site.address);
    await visit.fired();
    await visit.page.evaluate(() => navigator.serviceWorker.ready);
    expect(visit.requests.every((url) => url.startsWith(site.address))).toBe(true);
    await context.setOffline(true);
    await visit.page.reload();
    await visit.fired();
    await visit.open("Verify");
    await visit.page.locator(".panel-body").getByRole("button", { name: "Verify" }).click();
    await visit.page.getByRole("button", { name: "Stop", exact: true }).click();
    expect(visit.errors).toEqual([]);
    await context.close();
  });

  it("does everything by keyboard alone", async () => {
    const context = await openContext();
    const visit = await Visit.to(context, `${site.address}#${states["rest"]}`);
    const { page } = visit;
    await goTo(visit, "rest");
    await page.locator("summary").last().waitFor();
    const titles = await page.locator("summary").allTextContents();
    for (const title of titles) {
      await tabTo(page, (name) => name === title);
      await page.keyboard.press("Enter");
    }
    await tabTo(page, (name) => name.startsWith("Search"));
    await page.keyboard.type("wiring seed");
    const reached = await tabStops(page);
    const all = await page.evaluate((list) => document.querySelectorAll(list).length, controls);
    expect(new Set(reached.map(({ index }) => index)).size).toBe(all);
    expect(reached.filter(({ name }) => name === "")).toEqual([]);
    expect(reached.filter(({ outline }) => outline === "none")).toEqual([]);

    await tabTo(page, (name) => name.startsWith("Cell "));
    await page.keyboard.type("7");
    await tabTo(page, (name) => name.startsWith("Choose it"));
    await page.keyboard.press("Enter");
    await tabTo(page, (name) => name === "Count");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("1");
    await tabTo(page, (name) => name === "Delete");
    await page.keyboard.press("Enter");
    await tabTo(page, (name) => name === "Moment");
    await page.keyboard.press("ArrowLeft");
    await tabTo(page, (name) => name === "Turn scaling on");
    await page.keyboard.press("Enter");
    await visit.pressed("Turn scaling off");
    await tabTo(page, (name) => name === "Return to it");
    await page.keyboard.press("Enter");
    await tabTo(page, (name) => name === "Command");
    await page.keyboard.press("Enter");
    await page
      .locator("pre")
      .getByText(/delete \{ cells: "?7"?, count: 1/)
      .waitFor();
    expect(visit.errors).toEqual([]);
    await context.close();
  });

  it("opens a run's archive, and says what is wrong with other files", async () => {
    const context = await openContext();
    const visit = await Visit.to(context, `${site.address}#${states["rest"]}`);
    const { page } = visit;
    await goTo(visit, "rest");
    const store = new MemoryStore();
    const experiment = readExperiment("preset: baseline-quick\nduration: 300 ms");
    await runExperiment(experiment, { store, label: "short" });
    const archive = await runZip(store, "short");
    const files = unzipSync(archive);
    files["short/spikes/spikes.bin"]![90]! ^= 255;
    const panel = await visit.open("Take it away");
    const give = (name: string, content: Uint8Array) =>
      panel.getByLabel(/^Open/).setInputFiles({
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(content),
      });
    for (const [name, content, problem] of [
      ["cut.zip", archive.slice(0, 5000), /cut\.zip is incomplete or damaged/],
      ["damaged.zip", zipSync(files), /The run in damaged\.zip is damaged/],
      ["holiday.zip", zipSync({ "a.txt": strToU8("a") }), /holiday\.zip contains no run/],
      ["photo.yaml", Uint8Array.of(0xff, 0xd8, 0), /photo\.yaml is neither/],
      ["wrong.yaml", strToU8("duration: -1 s"), /duration/],
    ] as const) {
      await give(name, content);
      await page.getByRole("alert").getByText(problem).waitFor();
      await visit.button("Close").click();
    }
    await page.evaluate(
      ([bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes!)], "short.zip"));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
      },
      [[...archive]],
    );
    await page.getByLabel("Simulated time").getByText("0.3 s").waitFor();
    expect(visit.errors).toEqual([]);
    await context.close();
  });

  it("sleeps while nobody sees it, and paints again what a lost canvas showed", async () => {
    const context = await openContext();
    const visit = await Visit.to(context, site.address);
    const { page } = visit;
    await visit.fired();
    const hide = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await hide(true);
    await visit.button("Play").waitFor();
    await hide(false);
    await visit.button("Pause").click();
    await visit.settled();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    const painted = () => page.evaluate(paintedPixels);
    const before = await painted();
    expect(before.filter((count) => count > 100).length).toBeGreaterThan(4);
    await page.evaluate(() => {
      for (const canvas of document.querySelectorAll("canvas")) canvas.getContext("2d")!.reset();
    });
    const after = await painted();
    for (const [k, count] of before.entries()) {
      if (count > 100) expect(after[k]! / count).toBeGreaterThan(0.8);
    }
    expect(visit.errors).toEqual([]);
    await context.close();
  });

  it("says so where the simulation cannot begin, once and for all", async () => {
    const context = await openContext();
    const page = await context.newPage();
    await page.route("**/column-worker.js", (route) => route.abort());
    await page.goto(site.address);
    await page
      .getByRole("alert")
      .getByText(/Reload the page, or try another browser/)
      .waitFor();
    const workers = page.workers().length;
    await page.evaluate(framesPassed);
    expect(page.workers().length).toBe(workers);
    await context.close();
  });

  it("says so where the browser has no room to keep it", async () => {
    const context = await openContext();
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const { origin } = new URL(site.address);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
    await page.goto(site.address);
    await page.getByText(/could not be kept for use without a network/).waitFor();
    await page.getByRole("button", { name: "Let it learn" }).click();
    await page.getByRole("button", { name: "Stop learning" }).waitFor();
    await context.close();
  });
});

/** Waits until all has been drawn for the present size; runs in the page. */
async function framesPassed(): Promise<void> {
  // Curves are drawn at every fifth frame at most.
  for (let k = 0; k < 6; k++) await new Promise(requestAnimationFrame);
}

/** Number of pixels of each canvas that have something on them; runs in the page. */
async function paintedPixels(): Promise<number[]> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return [...document.querySelectorAll("canvas")].map((canvas) => {
    const { width, height } = canvas;
    if (width === 0 || canvas.closest("[hidden]")) return 0;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    return data.reduce((sum, value, k) => sum + Number(k % 4 === 3 && value > 0), 0);
  });
}

/** All that can be operated. */
const controls =
  "button:not(:disabled), input:not(:disabled), select:not(:disabled), summary:not(:disabled)";

/** What the keyboard is at: the name of a control, its place, and whether it is outlined. */
interface Stop {
  readonly name: string;
  /** Among all controls; −1 for none. */
  readonly index: number;
  readonly outline: string;
}

const stopNow = (page: Page): Promise<Stop> =>
  page.evaluate((list) => {
    const one = document.activeElement as HTMLInputElement;
    const own = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent;
    const index = [...document.querySelectorAll(list)].indexOf(one);
    const outline = getComputedStyle(one).outlineStyle;
    return { name: own?.trim() ?? "", index, outline };
  }, controls);

const MOST_STOPS = 300;

async function tabTo(page: Page, isWanted: (name: string) => boolean): Promise<void> {
  for (let k = 0; k < MOST_STOPS; k++) {
    await page.keyboard.press("Tab");
    if (isWanted((await stopNow(page)).name)) return;
  }
  throw new Error("The keyboard does not get there.");
}

/** All that the keyboard reaches, once round. */
async function tabStops(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let k = 0; k < MOST_STOPS; k++) {
    await page.keyboard.press("Tab");
    const stop = await stopNow(page);
    if (stop.index >= 0 && stop.index === stops[0]?.index) return stops;
    if (stop.index >= 0) stops.push(stop);
  }
  return stops;
}
