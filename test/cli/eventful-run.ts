import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { runFiles } from "../../src/recording/run-files.ts";
import type { RunReader } from "../../src/recording/run-reader.ts";
import { openRun } from "../../src/runs/opening.ts";
import { isocortex } from "./command.ts";

/** A run of 20 s with every rule at work: training, STDP, scaling, deletion, trials, stimuli. */
export const eventful = [
  "baselineDurationS=3",
  "learningDurationS=10",
  "recallDurationS=7",
  "scalingStartMs=2500",
  "scalingBeta=4e-5",
  "scalingGamma=1e-7",
  "plasticIncrementEE=0.01",
  "plasticIncrementEI=0.002",
  "deletionStepCells=10",
  "deletionIntervalMs=2300",
  "trialDurationMs=1400",
  "samplingStartMs=500",
  "samplingIntervalMs=700",
]
  .flatMap((assignment) => ["--set", assignment])
  .concat(
    "--add",
    "from 2 s until 16 s: stimulate { cells: E2, receptor: NMDA, weight: 1 mV, rate: 20 Hz, pattern: poisson }",
    "--add",
    "from 1 s every 3 s for 1300 ms: stimulate { cells: [I2, I5], receptor: GABA-distal, weight: 2 mV, rate: 40 Hz, pattern: regular, jitter: 3 ms, together: on }",
  )
  .concat("--record-potentials", "cells: [E5B, I2L], every: 3 ms, from: 1 s");

/** An empty folder for all tests of a file. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Records the eventful run without a disturbance. */
export async function recordEventful(cwd: string, directory: string): Promise<void> {
  const args = ["run", "deletion-with-scaling", ...eventful, "--out", directory, "--quiet"];
  expect(await isocortex(args, { cwd })).toMatchObject({ code: 0, stderr: "" });
}

/** Records a run and kills the command in the middle: once it has taken a second checkpoint. */
export async function recordKilled(cwd: string, directory: string, args: readonly string[]) {
  const folder = join(cwd, directory, "checkpoints");
  rmSync(folder, { recursive: true, force: true });
  const seen = new Set<string>();
  let watch: NodeJS.Timeout | undefined;
  const { code } = await isocortex(args, {
    cwd,
    onStart: (child) => {
      watch = setInterval(() => {
        const files = existsSync(folder) ? readdirSync(folder) : [];
        for (const file of files) if (file.endsWith(".ckpt")) seen.add(file);
        if (seen.size > 1) child.kill("SIGKILL");
      }, 2);
    },
  });
  clearInterval(watch);
  expect(code).toBe("SIGKILL");
}

const { manifest: manifestFile, ...binaryFiles } = runFiles;

/** Fails unless two runs hold the same bytes, but for when and how fast they were recorded. */
export function expectSameRecord(cwd: string, directory: string, expected: string): void {
  expectSameData(cwd, directory, expected);
  expect(untimedManifest(cwd, directory)).toBe(untimedManifest(cwd, expected));
}

/** Fails unless the binary files of two runs hold the same bytes. */
export function expectSameData(cwd: string, directory: string, expected: string): void {
  const isThere = (path: string) =>
    [directory, expected].some((run) => existsSync(join(cwd, run, path)));
  for (const path of Object.values(binaryFiles).filter(isThere)) {
    const [found, wanted] = [directory, expected].map((run) => readFileSync(join(cwd, run, path)));
    expect(found!.equals(wanted!), `${directory}/${path}`).toBe(true);
  }
}

function untimedManifest(cwd: string, directory: string): string {
  const text = readFileSync(join(cwd, directory, manifestFile), "utf8");
  return text.replace(/"(?:createdAt|updatedAt|wallSeconds|crc32|label)": .*/g, "");
}

/** Fails unless a branch's record is its parent's from a time on. */
export function expectContinuation(
  cwd: string,
  branch: string,
  parent: string,
  startMs: number,
): void {
  const [ours, theirs] = [branch, parent].map((directory) => openRun(join(cwd, directory)));
  expect(ours!.verify()).toEqual([]);
  expect(spikesText(ours!, startMs)).toBe(spikesText(theirs!, startMs));
  expect(ours!.events()).toEqual(theirs!.events().filter(({ timeMs }) => timeMs >= startMs));
  expect(samplesText(ours!, startMs)).toEqual(samplesText(theirs!, startMs));
  expect(lastGainsText(ours!)).toBe(lastGainsText(theirs!));
  expectContinuedPotentials(ours!, theirs!);
}

function expectContinuedPotentials({ potentials: ours }: RunReader, theirs: RunReader): void {
  if (!ours) return;
  const { timesMs } = ours;
  expect(timesMs.length).toBeGreaterThan(100);
  const range = { startMs: timesMs[0]!, endMs: timesMs.at(-1)! };
  const texts = [ours, theirs.potentials!].map((reader) =>
    Object.values(reader.readings(range)).map(bytesText),
  );
  expect(texts[0]).toEqual(texts[1]);
}

/** An array's bytes as text: compared much faster than arrays, and −0 is not 0. */
const bytesText = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString("latin1");

function spikesText(run: RunReader, startMs: number): string {
  const { timesMs, cells } = run.spikes({ startMs });
  return bytesText(timesMs) + bytesText(cells);
}

function samplesText(run: RunReader, startMs: number) {
  const times = [...run.sampleTimesMs];
  return times.flatMap((timeMs, k) =>
    timeMs >= startMs ? [timeMs, ...Object.values(run.sample(k)).map(bytesText)] : [],
  );
}

const lastGainsText = (run: RunReader) => bytesText(run.gains(run.gainTimesMs.length - 1));
