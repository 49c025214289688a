import { spawn } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { sealedJson } from "../../src/encoding/sealed-json.ts";
import { type CurveName, curveNames, type RunCurves } from "../../src/measures/curves.ts";
import { type Measures, measureNames } from "../../src/measures/quantities.ts";
import { runFiles } from "../../src/recording/run-files.ts";
import { openStudy, type Study } from "../../src/study/folder.ts";
import type { PlanTask } from "../../src/study/planning/plan.ts";
import type { Completion } from "../../src/study/task-records.ts";
import { commandPath, temporaryFolder } from "../cli/command.ts";
import { completeTask } from "../study/recorded-task.ts";

/** Runs that share the files of one. */
const LINKS = 1000;

/** A study of 100 000 runs of 5000 settings and 20 networks. */
const sweep = `
preset: training-quick
vary:
  plasticIncrementEE: { from: 0.001, to: 5, count: 50, spacing: logarithmic }
  scalingBeta: { from: 1e-5, to: 10, count: 50, spacing: logarithmic }
  scaling: [off, on]
seeds: 20
`;

const runs = 100_000;
const failed = 100;
const stopped = 1000;
const unbegun = 900;

/** Tells CPU time and the most memory that a process took when it ends. */
const usageTeller = `data:text/javascript,process.on("exit",()=>{const {maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();process.stderr.write("took "+(userCPUTime+systemCPUTime)+" "+maxRSS)})`;

/** Runs the command; prints what it took. Its output, and the most memory that it took, bytes. */
async function measured(cwd: string, ...args: string[]) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--import", usageTeller, commandPath, ...args], { cwd });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const seconds = (performance.now() - startedAt) / 1000;
  const [, cpuMicroseconds, peakKib] = /took (\d+) (\d+)$/.exec(stderr)!;
  const peakBytes = 1024 * Number(peakKib);
  console.log(
    `${args.join(" ")}: ${seconds.toFixed(1)} s, ${(Number(cpuMicroseconds) / 1e6).toFixed(1)} s of CPU time, ${(peakBytes / 1e6).toFixed(0)} MB`,
  );
  return { stdout, peakBytes };
}

/** What real runs leave behind, of all but some: completion records, curves, manifests, failures. */
function fill(study: Study): void {
  let model: { readonly directory: string; readonly completion: Completion } | undefined;
  mkdirSync(join(study.directory, "failures"));
  const tasks = study.plan.tasks.filter(({ kind }) => kind === "run");
  tasks.forEach((task, k) => {
    const directory = study.runDirectory(task);
    if (k < unbegun) return;
    if (k < unbegun + failed) {
      const failure = { reason: "no space left", failedAt: "2026-01-02T03:04:05.000Z" };
      writeFileSync(
        join(study.directory, "failures", `${task.hash}.json`),
        JSON.stringify(failure),
      );
      return;
    }
    mkdirSync(directory, { recursive: true });
    if (k < unbegun + failed + stopped) {
      // A manifest that cannot be read is as much work as one that can.
      writeFileSync(join(directory, "manifest.json"), "x".repeat(11_000));
      return;
    }
    // Many links of a few files: file systems limit how many one has.
    if (k % LINKS === 0 || !model) {
      const completion = completeTask(study, task, resultsOf(task), madeUpCurves());
      model = { directory, completion };
      return;
    }
    const files = Object.values(runFiles).filter((file) =>
      existsSync(join(model!.directory, file)),
    );
    for (const file of [...files, "curves.json"]) {
      mkdirSync(join(directory, dirname(file)), { recursive: true });
      linkSync(join(model.directory, file), join(directory, file));
    }
    const completion = { ...model.completion, hash: task.hash, ...resultsOf(task) };
    writeFileSync(join(directory, "completion.json"), sealedJson(completion));
  });
}

function resultsOf({ index }: PlanTask) {
  const measures = Object.fromEntries(
    measureNames.map((name, k) => [
      name,
      name === "hyperactivityOnsetS" ? null : Math.sin(index + k),
    ]),
  ) as Measures;
  return { wallSeconds: 5, bytes: 2_000_000, measures };
}

function madeUpCurves(): RunCurves {
  const timesMs = Float64Array.from({ length: 180 }, (_, k) => 1000 * k);
  const curve = { timesMs, values: timesMs.map((timeMs) => 0.6 + 1e-7 * timeMs) };
  return Object.fromEntries(curveNames.map((name: CurveName) => [name, curve])) as RunCurves;
}

test("a study of 100 000 runs is planned, looked at and collected within 1 GB", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "large.yaml"), sweep);
  const planned = await measured(cwd, "sweep", "large.yaml", "--out", "study", "--plan-only");
  expect(planned.stdout).toContain("large: training-quick, 100 000 runs");
  fill(openStudy(join(cwd, "study")));
  const status = await measured(cwd, "sweep", "status", "study", "--json");
  const waiting = unbegun + stopped;
  expect(JSON.parse(status.stdout).runs).toEqual({
    done: runs - waiting - failed,
    running: 0,
    waiting,
    failed,
    damaged: 0,
  });
  const collected = await measured(cwd, "sweep", "collect", "study");
  expect(collected.stdout).toContain("98 000 runs collected, 2 000 are not complete");
  const rows = readFileSync(join(cwd, "study/results/runs.csv"), "utf8").trimEnd().split("\n");
  expect(rows).toHaveLength(1 + runs - waiting - failed);
  for (const { peakBytes } of [planned, status, collected]) expect(peakBytes).toBeLessThan(1e9);
});
