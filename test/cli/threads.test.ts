import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { usableCores } from "../../src/host/usable-cores.ts";
import type { RunSummary } from "../../src/runs/summary.ts";
import { inThisProcess, isocortex } from "./command.ts";
import {
  eventful,
  expectContinuation,
  expectSameRecord,
  recordEventful,
  recordKilled,
  sharedFolder,
} from "./eventful-run.ts";

/** Fails unless summary and log say how much was simulated with how many threads. */
function expectThreadUse(cwd: string, directory: string, summary: RunSummary) {
  const { threads = [], simulatedMs } = summary;
  const log = readFileSync(join(cwd, directory, "log.txt"), "utf8");
  const [, resumedAt] = /continuing from ([\d.]+) s/.exec(log) ?? [];
  if (usableCores() === 1) return;
  const servedMs = threads.reduce((sum, use) => sum + use.simulatedMs, 0);
  expect(servedMs).toBeCloseTo(simulatedMs - 1000 * Number(resumedAt), 0);
  const { threads: first, simulatedMs: firstMs } = threads[0]!;
  const what = first === 1 ? "one thread" : `${first} threads`;
  const simulatedS = Number((firstMs / 1000).toFixed(3));
  expect(log).toContain(` spikes; ${simulatedS} s on ${what}`);
}

describe("--threads", () => {
  const cwd = sharedFolder();
  const run = (directory: string, ...more: string[]) =>
    ["run", "deletion-with-scaling", ...eventful, "--out", directory, "--quiet"].concat(more);

  it("changes no byte of a record of several columns", async () => {
    const columns = ["--set", "columnsX=3", "--set", "baselineDurationS=1.5", "--quiet"];
    for (const threads of ["1", "2"]) {
      const out = ["--out", `columns-${threads}`, "--threads", threads];
      const { code } = await isocortex(["run", "baseline", ...columns, ...out], { cwd });
      expect(code).toBe(0);
    }
    expectSameRecord(cwd, "columns-2", "columns-1");
  });

  it("changes no byte of a record, nor does another number after a crash", async () => {
    await recordEventful(cwd, "one");
    expect(await isocortex(run("three", "--threads", "3"), { cwd })).toMatchObject({ code: 0 });
    expectSameRecord(cwd, "three", "one");

    const pace = ["--threads", "2", "--checkpoint-every", "0.05"];
    await recordKilled(cwd, "two", run("two", ...pace));
    const resume = ["resume", "two", "--threads", "3", "--quiet", "--json"];
    const resumed = await isocortex(resume, { cwd });
    expect(resumed.code).toBe(0);
    expectThreadUse(cwd, "two", JSON.parse(resumed.stdout));
    expectSameRecord(cwd, "two", "one");
  });

  it("changes no byte of a branch", async () => {
    // Readings of the same cells at times at which the parent's were read.
    const potentials = "cells: [E5B, I2L], every: 3 ms, from: 8302 ms, until: 12 s";
    const options = ["--threads", "2", "--record-potentials", potentials];
    const args = ["branch", "one@8.3", ...options, "--out", "branch", "--quiet"];
    expect(await isocortex(args, { cwd })).toMatchObject({ code: 0 });
    expectContinuation(cwd, "branch", "one", 8300);
  });

  it("uses no more than there are cores, and says so", async () => {
    const cores = usableCores();
    const short = ["baselineDurationS=0.1", "learningDurationS=0", "recallDurationS=0"];
    const changes = short.flatMap((change) => ["--set", change]);
    const args = ["run", "baseline", ...changes, "--quiet", "--out"];
    const { stderr } = await isocortex([...args, "most", "--threads", "64"], { cwd });
    const note = /^note: --threads 64: this process may use .+, so (one|\d+) (?:is|are) used/.exec(
      stderr,
    );
    expect(Number(note?.[1]?.replace("one", "1") ?? 64)).toBe(Math.min(cores, 64));
    const fitting = await isocortex([...args, "fits", "--threads", String(Math.min(cores, 64))], {
      cwd,
    });
    expect(fitting).toMatchObject({ code: 0, stderr: "" });
  });

  it("refuses what is no number of threads", async () => {
    const { code, stderr } = await inThisProcess(run("none", "--threads", "0"), { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain("Expected a whole number from 1 to 64");
  });
});
