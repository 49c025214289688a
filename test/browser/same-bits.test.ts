import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineName } from "../../src/simulation/advance.ts";
import { findChromium, openPage, type ScriptedPage } from "./chromium.ts";
import { protocolTrace, recordHash, type Trace } from "./protocol-traces.ts";

const chromium = findChromium();
let inNode: Record<EngineName, Trace>;

beforeAll(async () => {
  inNode = {
    compiled: await protocolTrace("compiled"),
    reference: await protocolTrace("reference"),
  };
});

it("both engines give the same bits in Node.js", () => {
  expect(inNode.compiled).toEqual(inNode.reference);
  expect(inNode.compiled.spikeCount).toBeGreaterThan(2000);
});

const reason = chromium ? "" : " (skipped: none is installed, nor named by CHROMIUM)";

describe.skipIf(!chromium)(`the library in Chromium${reason}`, () => {
  let browser: ScriptedPage;

  beforeAll(async () => {
    const script = fileURLToPath(new URL("./page.ts", import.meta.url));
    browser = await openPage(chromium!, script);
  });

  afterAll(() => browser?.close());

  it.each(["compiled", "reference"] as const)(
    "simulates to Node's bits with the %s engine",
    async (engine) => {
      const trace = await browser.page.evaluate(`protocolTrace("${engine}")`);
      expect(trace).toEqual(inNode[engine]);
    },
  );

  it("simulates to Node's bits in a worker of the page", async () => {
    expect(await browser.page.evaluate("traceInWorker()")).toEqual(inNode.compiled);
  });

  it("records and exports to Node's bytes", async () => {
    expect(await browser.page.evaluate("recordHash()")).toBe(await recordHash());
    expect(browser.errors).toEqual([]);
  });
});
