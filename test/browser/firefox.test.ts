import { spawnSync } from "node:child_process";
import { type Browser, firefox } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkedPlace } from "../../src/live/session/permalink.ts";
import { simulated } from "../live/session.ts";
import type { Heard } from "./recorded-messages.ts";
import { hostedPage, type Site, spikesOf, Visit } from "./visit.ts";

const executable = ["firefox-esr", "firefox"].find(
  (name) => spawnSync("which", [name]).status === 0,
);
const found = executable ?? (process.env["CI"] ? "firefox-esr" : undefined);
const reason = found ? "" : " (skipped: none is installed)";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  if (!found) return;
  const { status, stdout } = spawnSync("which", [found], { encoding: "utf8" });
  if (status !== 0) throw new Error(`There is no ${found}: install Firefox.`);
  site = await hostedPage();
  const executablePath = stdout.trim();
  browser = await firefox.launch({ executablePath, channel: "moz-firefox" });
  passOverMediaFeatures(browser);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** The long-term Firefox does not know a command with which each page is opened. */
function passOverMediaFeatures(opened: Browser): void {
  const own = opened as unknown as {
    _connection: { toImpl(one: unknown): { _browserSession: object } };
  };
  const session = Object.getPrototypeOf(own._connection.toImpl(opened)._browserSession);
  const { send } = session;
  session.send = function (this: unknown, method: string, given: unknown) {
    const isUnknown = method === "emulation.setMediaFeaturesOverride";
    return isUnknown ? Promise.resolve({}) : send.call(this, method, given);
  };
}

/** The experiment up to now, from the address after its link was copied: downloads are not reported for Firefox. */
async function placeOf({ page }: Visit) {
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.waitForFunction(() => location.hash.length > 1);
  return linkedPlace(new URL(page.url()).hash.slice(1));
}

async function playSome({ page }: Visit, least: number): Promise<void> {
  const count = () => (globalThis as unknown as { heard: Heard }).heard.spikes.length / 2;
  const before = await page.evaluate(count);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForFunction(
    (most) => (globalThis as unknown as { heard: Heard }).heard.spikes.length / 2 > most,
    before + least,
  );
  await page.getByRole("button", { name: "Pause", exact: true }).click();
}

describe.skipIf(!found)(`the page in Firefox${reason}`, () => {
  it("takes touches, goes back and forks, to Node's bits", async () => {
    const context = await browser.newContext();
    const visit = await Visit.to(context, site.address);
    const { page } = visit;
    await visit.fired();
    await page.keyboard.press("Space");
    await page.getByLabel("Speed").selectOption("real time");
    await visit.open("Take it away");
    await visit.button("Let it learn").click();
    await visit.pressed("Stop learning");
    await playSome(visit, 200);
    await visit.button(/^Go back/).click();
    await visit.button("Turn scaling on").click();
    await visit.pressed("Turn scaling off");
    await playSome(visit, 200);
    await visit.button("Return to it").waitFor();
    const { experiment, momentMs } = await placeOf(visit);
    expect(experiment.entries).toHaveLength(3);
    const { spikes } = simulated(experiment, momentMs);
    expect(spikesOf(await visit.heard())).toEqual(spikes);
    expect(visit.errors).toEqual([]);
    await context.close();
  });
});
