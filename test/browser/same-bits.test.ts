import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, openPage, type ScriptedPage } from "./chromium.ts";
import { protocolTrace, recordHash, type Trace } from "./protocol-traces.ts";

const chromium = findChromium();
let inNode: Record<"script" | "wasm", Trace>;

beforeAll(async () => {
  inNode = { script: await protocolTrace("script"), wasm: await protocolTrace("wasm") };
});

it("both kernels give the same bits in Node.js", () => {
  expect(inNode.wasm).toEqual(inNode.script);
  expect(inNode.wasm.spikeCount).toBeGreaterThan(2000);
});

const reason = chromium ? "" : " (skipped: none is installed, nor named by CHROMIUM)";

describe.skipIf(!chromium)(`the library in Chromium${reason}`, () => {
  let browser: ScriptedPage;

  beforeAll(async () => {
    const script = fileURLToPath(new URL("./page.ts", import.meta.url));
    browser = await openPage(chromium!, script);
  });

  afterAll(() => browser?.close());

  it.each(["script", "wasm"] as const)(
    "simulates to Node's bits with the %s kernel",
    async (kernel) => {
      const trace = await browser.page.evaluate(`protocolTrace("${kernel}")`);
      expect(trace).toEqual(inNode[kernel]);
    },
  );

  it("records and exports to Node's bytes", async () => {
    expect(await browser.page.evaluate("recordHash()")).toBe(await recordHash());
    expect(browser.errors).toEqual([]);
  });
});
