import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runFiles } from "../../src/recording/run-files.ts";
import { RunWriter } from "../../src/recording/run-writer.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { referenceSpikes } from "./reference-spikes.ts";
import { description, networkOf, progressAt, sampleOf, smallNetwork } from "./small-run.ts";

const page = readFileSync(new URL("../../docs/run-format.md", import.meta.url), "utf8");
const [reader, example] = [...page.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code]) => code!);
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const folder = mkdtempSync(join(tmpdir(), "isocortex-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { timesMs, cells } = referenceSpikes("fast-stdp-60s");
const samples = [1, 2, 3].map((seed) => sampleOf(470, seed));

/** Records the spikes of a reference run and three samples. */
function record(directory: string): void {
  const store = new FolderStore(directory);
  const writer = RunWriter.create(store, { ...description, durationMs: 60_000 }, networkOf(470));
  writer.appendSpikes(timesMs, cells, cells.length);
  samples.forEach((sample, k) => {
    writer.appendSample(1000 * k, sample);
  });
  writer.appendGains(60_000, Float64Array.of(1, 1.75, 1.5, 1));
  writer.finish("complete", progressAt(60_000));
  store.close();
}

function python(code: string, ...args: string[]) {
  const options = { encoding: "utf8", maxBuffer: 1e8 } as const;
  return spawnSync("python3", ["-c", code, ...args], options);
}

describe.skipIf(!hasPython)("the reader in docs/run-format.md", () => {
  record(folder);

  it("reads every spike to the last bit", () => {
    const print = "import sys\nfor t, c in spikes(sys.argv[1]): print(repr(t), c)";
    const { stdout, stderr } = python(`${reader}\n${print}`, folder);
    expect(stderr).toBe("");
    const rows = stdout.trimEnd().split("\n");
    // Shortest decimal numbers name a double exactly, in both languages.
    expect(rows.map((row) => Number(row.split(" ")[0]))).toEqual([...timesMs]);
    expect(rows.map((row) => Number(row.split(" ")[1]))).toEqual([...cells]);
  });

  it("reads the samples", () => {
    const print = "import json, sys\nprint(json.dumps(list(columns(sys.argv[1], 'dddB'))))";
    const { stdout, stderr } = python(`${reader}\n${print}`, join(folder, runFiles.samples));
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(
      samples.map(({ sensedRateKhz, targetRateKhz, scaleFactor, alive }, k) => [
        1000 * k,
        [...sensedRateKhz],
        [...targetRateKhz],
        [...scaleFactor],
        [...alive],
      ]),
    );
  });

  it("works as in the example", () => {
    const code = `${reader}\n${example}`.replace(/^run = .*$/m, "import sys; run = sys.argv[1]");
    const { stdout, stderr } = python(code, folder);
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toBe("56285 spikes");
    expect(stdout).toContain("60.0 s: largest gain 1.75");
  });

  it("reads the synapses", () => {
    const print = "import json, sys\nprint(json.dumps(list(columns(sys.argv[1], 'IIdBdd'))))";
    const { stdout, stderr } = python(`${reader}\n${print}`, join(folder, runFiles.synapses));
    expect(stderr).toBe("");
    const { postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv } = smallNetwork;
    const table = [[0, 0, 0, 0], postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv];
    expect(JSON.parse(stdout)).toEqual([[0, ...table.map((column) => [...column])]]);
  });

  it.each([
    [runFiles.spikes, "spikes(run)", "damaged before byte"],
    [runFiles.samples, `columns(run + "/${runFiles.samples}", "dddB")`, "zlib.error"],
  ])("refuses a damaged %s", (file, rows, message) => {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    const changed = Uint8Array.from(bytes);
    changed[200]! ^= 1;
    writeFileSync(path, changed);
    const { status, stderr } = python(`${reader}\nrun = "${folder}"\nlist(${rows})`);
    writeFileSync(path, bytes);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});
