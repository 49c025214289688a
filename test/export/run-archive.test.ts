import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runArchive } from "../../src/export/run-archive.ts";
import { sampleOf, smallNetwork, smallSpikes } from "../recording/small-run.ts";
import { pythonWith, runPython } from "./python.ts";
import { exportFolder, smallExcerpt, smallRun } from "./recorded-excerpt.ts";

const folder = exportFolder();

const bytesOf = (range?: { startMs?: number; endMs?: number }) =>
  new Response(runArchive(smallExcerpt(range))).arrayBuffer();

/** Arrays of an archive as NumPy loads them: type, shape, and the bytes or texts. */
async function loaded(range?: { startMs?: number; endMs?: number }) {
  const path = join(folder, "run.npz");
  writeFileSync(path, new Uint8Array(await bytesOf(range)));
  const code =
    "import sys, json, numpy\n" +
    "with numpy.load(sys.argv[1], allow_pickle=False) as a:\n" +
    "  print(json.dumps({k: [a[k].dtype.str, a[k].shape, a[k].tolist() if a[k].dtype.kind == 'U' else a[k].tobytes().hex()] for k in a.files}))";
  return JSON.parse(runPython(python!, code, path)) as Record<string, [string, number[], unknown]>;
}

const hex = (...arrays: ArrayBufferView[]) =>
  arrays
    .map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString("hex"),
    )
    .join("");

const python = pythonWith("numpy");

describe("a run as an archive of NumPy arrays", () => {
  it("is the same for the same run", async () => {
    const [one, other] = [await bytesOf(), await bytesOf()];
    expect(Buffer.compare(Buffer.from(one), Buffer.from(other))).toBe(0);
  });

  it.skipIf(!python)("holds everything that is recorded, to the same bits", async () => {
    const arrays = await loaded();
    const samples = [sampleOf(6, 1), sampleOf(6, 2)];
    const { timesMs, cells } = smallSpikes;
    expect(arrays).toMatchObject({
      spike_times_ms: ["<f8", [20_000], hex(timesMs)],
      spike_cells: ["<u4", [20_000], hex(cells)],
      sample_times_ms: ["<f8", [2], hex(Float64Array.of(5000, 10_000))],
      sensed_rate_khz: ["<f8", [2, 6], hex(...samples.map((one) => one.sensedRateKhz))],
      target_rate_khz: ["<f8", [2, 6], hex(...samples.map((one) => one.targetRateKhz))],
      scale_factor: ["<f8", [2, 6], hex(...samples.map((one) => one.scaleFactor))],
      alive: ["|u1", [2, 6], hex(...samples.map((one) => one.alive))],
      gain_times_ms: ["<f8", [2], hex(Float64Array.of(10_000, 20_000))],
      plastic_gain: ["<f8", [2, 4], hex(smallRun.gains(0), smallRun.gains(1))],
      presynaptic: ["<u4", [4], hex(Uint32Array.of(0, 0, 2, 4))],
      postsynaptic: ["<u4", [4], hex(smallNetwork.postsynaptic)],
      delay_ms: ["<f8", [4], hex(smallNetwork.delayMs)],
      distal: ["|u1", [4], hex(smallNetwork.distal)],
      fast_weight_mv: ["<f8", [4], hex(smallNetwork.fastWeightMv)],
      slow_weight_mv: ["<f8", [4], hex(smallNetwork.slowWeightMv)],
      x_um: ["<f8", [6], hex(smallNetwork.xUm)],
      population: ["<u2", [6], hex(Uint16Array.of(0, 0, 0, 1, 1, 2))],
      deleted_ms: ["<f8", [6], hex(Float64Array.of(1e4, 1 / 0, 1 / 0, 1 / 0, 1e4, 1 / 0))],
      population_names: ["<U3", [3], ["E6", "I6", "I6L"]],
    });
    const [type, shape, text] = arrays["manifest"]!;
    expect([type[1], shape]).toEqual(["U", []]);
    expect(JSON.parse(text as string)).toEqual(smallRun.manifest);
  });

  it.skipIf(!python)("holds a stretch of it", async () => {
    const { spike_times_ms, sensed_rate_khz } = await loaded({ startMs: 1000, endMs: 1000.5 });
    const inside = smallSpikes.timesMs.filter((timeMs) => timeMs >= 1000 && timeMs < 1000.5);
    expect(spike_times_ms).toEqual(["<f8", [inside.length], hex(inside)]);
    expect(sensed_rate_khz).toEqual(["<f8", [0, 6], ""]);
  });
});
