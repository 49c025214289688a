import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inThisProcess, isocortex, temporaryFolder } from "./command.ts";

const reference = fileURLToPath(new URL("../reference/training-with-scaling-20s", import.meta.url));

const published = fileURLToPath(
  new URL("../reference/published/training-with-scaling", import.meta.url),
);

/** A copy of a reference run, in a folder of runs. */
function copiedReference() {
  const cwd = temporaryFolder();
  const folder = join(cwd, "runs", "copy");
  cpSync(reference, folder, { recursive: true });
  const timesFile = join(folder, "spike-times-ms.f64");
  const times = new Float64Array(new Uint8Array(readFileSync(timesFile)).buffer);
  return { cwd, folder, timesFile, times };
}

describe("verify", () => {
  it("passes a run of the original", async () => {
    const { cwd } = copiedReference();
    const { code, stdout, stderr } = await isocortex(["verify", "--against", "runs"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^copy +18637 +none .* PASS$/m);
    expect(stdout).toContain("1 of 1 runs agree");
  });

  it("names the first difference to one that was tampered with", async () => {
    const { cwd, timesFile, times } = copiedReference();
    times[1000]! += 1e-3;
    writeFileSync(timesFile, times);
    const { code, stdout, stderr } = await isocortex(["verify", "--against", "runs/copy"], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^copy +1000 +1001 .* FAIL$/m);
    expect(stdout).toContain(`first difference at spike 1001: expected cell`);
    expect(stdout).toContain(`at ${times[1000]} ms, found cell`);
    expect(stdout).toContain("No cell was in the expanding regime before it");
  });

  it("finds what a cut record lacks", async () => {
    const { cwd, folder, timesFile, times } = copiedReference();
    writeFileSync(timesFile, times.slice(0, -1));
    const cellsFile = join(folder, "spike-cells.u16");
    writeFileSync(cellsFile, readFileSync(cellsFile).subarray(0, -2));
    const description = JSON.parse(readFileSync(join(folder, "run.json"), "utf8"));
    description.spikes -= 1;
    writeFileSync(join(folder, "run.json"), JSON.stringify(description));
    const { code, stdout } = await isocortex(["verify", "--against", "runs", "--json"], { cwd });
    expect(code).toBe(1);
    const [report] = JSON.parse(stdout);
    expect(report).toMatchObject({ name: "copy", identicalSpikes: 18_636, passed: false });
    expect(report.firstDifference.spike).toBe(18_636);
    expect(report.firstDifference.expected).toBeUndefined();
  });

  it("compares published runs with their digests, up to a time", async () => {
    const { code, stdout } = await isocortex(
      ["verify", "--published", "--until", "100", "--json"],
      {
        cwd: temporaryFolder(),
      },
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        name: "deletion-with-scaling",
        recordedBy: "isocortex 0.3.0",
        identicalSpikes: 92_469,
        checks: [{ worst: 0 }, { quantity: "mean spike times (ms)", worst: 0, tolerance: 0 }],
      },
      {
        name: "training-with-scaling",
        recordedBy: "NEURON 8.2.2",
        spikes: 92_874,
        identicalSpikes: 92_874,
        checks: [
          { quantity: "stretches of 100 s (differing)", worst: 0 },
          { quantity: "mean spike times (ms)", tolerance: 1e-6 },
        ],
      },
    ]);
  });

  it("names the stretch in which a published run differs", async () => {
    const cwd = temporaryFolder();
    const folders = ["cells", "times", "counts"].map((name) => join(cwd, name));
    const changes = [
      (text: string) => text.replace('"hash": 565975128', '"hash": 565975129'),
      (text: string) => text.replace('"sum": 4632360515.8', '"sum": 4632360516.8'),
      (text: string) => text.replace('"count": 92874', '"count": 92875'),
    ];
    folders.forEach((folder, k) => {
      cpSync(published, folder, { recursive: true });
      const file = join(folder, "digest.json");
      writeFileSync(file, changes[k]!(readFileSync(file, "utf8")));
    });
    for (const [folder, row] of [
      ["cells", /^cells +0 +0 s +0 .* FAIL$/m],
      ["times", /^times +92874 +none +1e-5 .* FAIL$/m],
    ] as const) {
      const args = ["verify", "--against", folder, "--until", "100"];
      const { code, stdout } = await isocortex(args, { cwd });
      expect(code).toBe(1);
      expect(stdout).toMatch(row);
    }
    const { code, stderr } = await inThisProcess(["verify", "--against", "counts"], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("run.json states 9093062 spikes, digest.json has 9093063");
  });

  it("says what is wrong with a folder that is no whole record", async () => {
    const { cwd, timesFile, times } = copiedReference();
    writeFileSync(timesFile, times.slice(0, -1));
    const { code, stdout, stderr } = await isocortex(["verify", "--against", "runs"], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: .*18637 spikes, but there are 18636 times/);
  });
});
