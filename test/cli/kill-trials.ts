import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { runFiles } from "../../src/recording/run-files.ts";
import { type CommandOptions, isocortex } from "./command.ts";
import { expectSameRecord } from "./eventful-run.ts";

/** A run of 3 s with every rule and every kind of intervention at work, and a closed loop. */
const shortRun = [
  "baselineDurationS=0.8",
  "learningDurationS=1.4",
  "recallDurationS=0.8",
  "scalingStartMs=500",
  "scalingBeta=4e-5",
  "scalingGamma=1e-7",
  "plasticIncrementEE=0.01",
  "plasticIncrementEI=0.002",
  "deletionStepCells=10",
  "deletionIntervalMs=450",
  "trialDurationMs=350",
  "samplingStartMs=150",
  "samplingIntervalMs=150",
]
  .flatMap((assignment) => ["--set", assignment])
  .concat(
    [
      "from 300 ms until 2.5 s: stimulate { cells: I, receptor: GABA-proximal, weight: 1 mV, rate: 30 Hz, pattern: poisson }",
      "from 500 ms until 2.2 s every 300 ms for 150 ms: external 0.8",
      "from 700 ms until 2 s: set { EXGain: 16 }",
      "from 1.1 s until 1.6 s: silence { cells: L4 }",
      "id pause from 900 ms until 1.3 s: plasticity off",
      "id rest from 1.4 s until 1.9 s: scaling off",
      "at 1.7 s: reseed 7",
      "when { measure: rate, cells: E, over: 200 ms, above: 0.1 Hz } every 400 ms: delete { cells: E2, count: 1, choose: highest-rate }",
    ].flatMap((entry) => ["--add", entry]),
  );

const often = ["--checkpoint-every", "0.02"];

const beginning = (directory: string) => [
  "run",
  "deletion-with-scaling",
  ...shortRun,
  "--out",
  directory,
  "--quiet",
  ...often,
];

/** What came of many kills: those that found a process at work, and what it was at work on. */
export interface KillTrials {
  kills: number;
  runs: number;
  /** By what the record had reached: "no manifest", "baseline", "learning", "recall". */
  readonly by: Record<string, number>;
}

/** A process of a run is killed by what it is started with, or by what happens once it has started. */
type Killing = Pick<CommandOptions, "env" | "onStart">;

/** Kills of one run at random instants, at most, before it is let go to its end. */
const MOST_KILLS = 12;

/** Runs that are killed and resumed side by side at random instants: they keep two cores busy. */
const LANES = 3;

/**
 * Kills runs with SIGKILL at random instants, resumes them, kills them again, until as many kills
 * as wanted have met a process at work; compares each record in the end with that of a run that
 * nothing disturbed.
 */
export async function killAtRandom(
  cwd: string,
  wanted: number,
  random: () => number,
): Promise<KillTrials> {
  const names = ["whole", ...Array.from({ length: LANES - 1 }, (_, lane) => `whole-${lane}`)];
  const workMs = Math.max(
    ...(await Promise.all(names.map((name) => recordUndisturbed(cwd, name)))),
  );
  const trials: KillTrials = { kills: 0, runs: 0, by: {} };
  const killing = (path: string): Killing => ({
    onStart: async (child) => {
      await leased(path, highestToken(path), () => child.exitCode !== null);
      await wait((random() * workMs) / 2);
      child.kill("SIGKILL");
    },
  });
  const lane = async (number: number) => {
    while (trials.kills < wanted) {
      let kills = 0;
      await recordDespiteKills(cwd, `killed-${number}`, trials, (path) =>
        kills++ < MOST_KILLS ? killing(path) : {},
      );
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return trials;
}

/** Of as many operations on files, one is chosen. */
const EVERY = 5;

/** Preloaded, kills its process before an operation on files. */
const preload = new URL("kill-before.mjs", import.meta.url).href;

/**
 * Kills the processes that begin a run before ever later operations on files, then in the same way
 * those that resume it, until one of them comes to the end; compares the record with that of a run
 * that nothing disturbed. Two runs take turns in the operations.
 */
export async function killBeforeOperations(cwd: string): Promise<KillTrials> {
  await recordUndisturbed(cwd, "whole");
  const trials: KillTrials = { kills: 0, runs: 0, by: {} };
  const lane = (first: number) => {
    const next = { run: first, resume: first };
    return recordDespiteKills(cwd, `killed-${first}`, trials, (path) => {
      const command = isBegun(path) ? "resume" : "run";
      const operation = next[command];
      next[command] += 2 * EVERY;
      return {
        env: { NODE_OPTIONS: `--import=${preload}`, ISOCORTEX_KILL_BEFORE: `${operation}` },
      };
    });
  };
  await Promise.all([1, 1 + EVERY].map(lane));
  return trials;
}

/** Records the short run; wall time from when it has its directory to its end, ms. */
async function recordUndisturbed(cwd: string, directory: string): Promise<number> {
  let startedAt = 0;
  const { code, stderr } = await isocortex(beginning(directory), {
    cwd,
    onStart: async (child) => {
      await leased(join(cwd, directory), 0, () => child.exitCode !== null);
      startedAt = performance.now();
    },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return performance.now() - startedAt;
}

/** Continues a run whose processes are killed until one has come to its end. */
async function recordDespiteKills(
  cwd: string,
  directory: string,
  trials: KillTrials,
  nextKilling: (path: string) => Killing,
): Promise<void> {
  const path = join(cwd, directory);
  for (;;) {
    const args = isBegun(path) ? ["resume", directory, "--quiet", ...often] : beginning(directory);
    const { code, stderr } = await isocortex(args, { cwd, ...nextKilling(path) });
    if (code === 0) break;
    expect({ code, stderr: code === "SIGKILL" ? "" : stderr }).toEqual({
      code: "SIGKILL",
      stderr: "",
    });
    trials.kills += 1;
    const phase = phaseReached(path);
    trials.by[phase] = (trials.by[phase] ?? 0) + 1;
  }
  expectSameRecord(cwd, directory, "whole");
  rmSync(path, { recursive: true });
  trials.runs += 1;
}

const isBegun = (path: string): boolean => existsSync(join(path, runFiles.manifest));

/** Waits until a process has taken a later lease of a run's directory, or is over. */
async function leased(path: string, before: number, isOver: () => boolean): Promise<void> {
  while (highestToken(path) <= before && !isOver()) await wait(5);
}

function highestToken(path: string): number {
  if (!existsSync(path)) return 0;
  const tokens = readdirSync(path).map((name) =>
    Number(/^lease-(\d+)\.json$/.exec(name)?.[1] ?? 0),
  );
  return Math.max(0, ...tokens);
}

function phaseReached(path: string): string {
  const manifest = join(path, runFiles.manifest);
  if (!existsSync(manifest)) return "no manifest";
  const { simulatedMs, phases } = JSON.parse(readFileSync(manifest, "utf8"));
  const reached = phases.find((phase: { endMs: number }) => simulatedMs < phase.endMs);
  return reached?.name ?? "the end";
}
