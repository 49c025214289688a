import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { RunReader } from "../../src/recording/run-reader.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { everythingIn, isocortex, temporaryFolder } from "./command.ts";
import { sharedFolder } from "./eventful-run.ts";
import { recordHyperactivity } from "./hyperactive-record.ts";

/** All have one handler: each situation below meets one of them, runs as published all. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Waits until something holds, or the process has ended. */
async function until(holds: () => boolean, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null && !holds()) await wait(10);
}

/** Whether a process has a handler of its own for a signal. */
function heeds({ pid }: ChildProcess, signal: NodeJS.Signals): boolean {
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]!;
  return ((BigInt(`0x${caught}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
}

const sizeOf = (path: string) => (existsSync(path) ? statSync(path).size : 0);

/** A run of two hours of wall time, whatever else is asked for. */
const endless = ["baseline", "--set", "baselineDurationS=1000000"];

describe.runIf(process.platform === "linux")("while a large network is built", () => {
  it.each(signals)("%s ends a run of which nothing is written", async (signal) => {
    const cwd = temporaryFolder();
    const { code, stderr } = await isocortex(["run", "baseline", "--set", "sizeFactor=200"], {
      cwd,
      onStart: async (child) => {
        // Node.js itself catches the other two.
        await until(() => heeds(child, "SIGHUP"), child);
        child.kill(signal);
      },
    });
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: "Interrupted before anything was written.\n",
    });
    expect(everythingIn(cwd)).toEqual([]);
  });
});

describe("a run at work", () => {
  const trials = ["--set", "protocol=deletion", "--set", "deletionProtocolStartMs=0"];
  const courses: readonly (readonly [string, NodeJS.Signals, readonly string[]])[] = [
    ["as published", "SIGINT", []],
    ["as published", "SIGTERM", []],
    ["as published", "SIGHUP", []],
    ["with trials of 80 µs", "SIGTERM", [...trials, "--set", "trialDurationMs=0.08"]],
    ["with trials of 10 µs", "SIGHUP", [...trials, "--set", "trialDurationMs=0.01"]],
    ["with samples every 20 µs", "SIGTERM", ["--set", "samplingIntervalMs=0.02"]],
    ["with input that keeps cells refractory", "SIGINT", ["--set", "externalGain=50"]],
    ["of two threads", "SIGHUP", ["--threads", "2"]],
    [
      "of the reference engine",
      "SIGTERM",
      ["--engine", "reference", "--set", "samplingIntervalMs=50", "--set", "sizeFactor=0.1"],
    ],
  ];

  it.each(courses)("%s keeps all it has done on %s", async (_, signal, options) => {
    const cwd = temporaryFolder();
    // Short enough for as many records as these intervals give.
    const length = options.length > 0 ? ["--set", "baselineDurationS=90"] : [];
    const args = ["run", ...endless, ...length, ...options, "--out", "r", "--quiet"];
    const { code, stderr } = await isocortex(args, {
      cwd,
      onStart: async (child) => {
        const files = ["spikes/spikes.bin", "cells/samples.bin", "events.bin"];
        const manifest = join(cwd, "r/manifest.json");
        await until(
          () => sizeOf(manifest) > 0 && files.some((file) => sizeOf(join(cwd, "r", file)) > 500),
          child,
        );
        child.kill(signal);
      },
    });
    expect(stderr).toMatch(
      /^Interrupted after [\d.]+ s of \d+ s, saved in .*\nContinue: isocortex resume r/,
    );
    expect(code).toBe(130);
    const run = new RunReader(new FolderStore(join(cwd, "r")));
    expect(run.manifest.status).toBe("interrupted");
    expect(run.verify()).toEqual([]);
    expect(run.manifest.simulatedMs).toBeLessThan(run.manifest.durationMs / 2);
    expect(everythingIn(join(cwd, "r/checkpoints"))).not.toEqual([]);
  });
});

it("can be stopped again while it is resumed, and while a branch simulates its past", async () => {
  const cwd = temporaryFolder();
  const log = () => readFileSync(join(cwd, "r/log.txt"), "utf8");
  const stop = (
    args: readonly string[],
    signal: NodeJS.Signals,
    hasBegun: (child: ChildProcess) => boolean,
  ) =>
    isocortex([...args, "--quiet"], {
      cwd,
      onStart: async (child) => {
        await until(() => hasBegun(child), child);
        child.kill(signal);
      },
    });
  const spikes = join(cwd, "r/spikes/spikes.bin");
  const run = ["run", ...endless, "--out", "r"];
  expect((await stop(run, "SIGINT", () => sizeOf(spikes) > 1000)).code).toBe(130);
  for (const signal of signals) {
    const before = log().match(/resumed/g)?.length ?? 0;
    const hasBegun = () => (log().match(/resumed/g)?.length ?? 0) > before;
    expect((await stop(["resume", "r"], signal, hasBegun)).code).toBe(130);
    expect(log()).toMatch(/interrupted +at [\d.]+ s, \d+ spikes(?:; .+)?\n$/);
  }
  const before = everythingIn(cwd);
  let looks = 0;
  // A second, of the hours that the past would take.
  const isAtWork = (child: ChildProcess) => heeds(child, "SIGHUP") && ++looks > 100;
  const branch = ["branch", "r@900000", "--out", "b"];
  const { code, stderr } = await stop(branch, "SIGTERM", isAtWork);
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: "Interrupted before anything was written.\n",
  });
  expect(everythingIn(cwd)).toEqual(before);
});

describe("a study", () => {
  const write = (cwd: string, set: string, seeds: string) =>
    writeFileSync(
      join(cwd, "s.yaml"),
      `preset: baseline\nset: { sizeFactor: 0.1, ${set} }\nvary: { inputSeed: [${seeds}] }\n`,
    );
  const files = (cwd: string) =>
    existsSync(join(cwd, "sweeps/s/runs")) ? everythingIn(join(cwd, "sweeps/s/runs")) : [];
  const sweep = ["sweep", "s.yaml", "--workers", "2", "--quiet"];

  it("keeps all runs at work", async () => {
    const cwd = temporaryFolder();
    write(cwd, "baselineDurationS: 1000000", "1, 2");
    const spikeFiles = () =>
      files(cwd)
        .filter((path) => path.endsWith("spikes.bin"))
        .map((path) => join(cwd, "sweeps/s/runs", path));
    const areAtWork = () => spikeFiles().filter((path) => sizeOf(path) > 500).length === 2;
    const { code } = await isocortex(sweep, {
      cwd,
      onStart: async (child) => {
        await until(areAtWork, child);
        child.kill("SIGHUP");
      },
    });
    expect(code).toBe(130);
    for (const path of spikeFiles()) {
      const run = new RunReader(new FolderStore(join(path, "../..")));
      expect(run.manifest.status).toBe("interrupted");
      expect(run.verify()).toEqual([]);
    }
  });

  it("does not wait for the measures of a run", async () => {
    const cwd = temporaryFolder();
    write(cwd, "baselineDurationS: 2, samplingStartMs: 0, samplingIntervalMs: 0.5", "1");
    expect((await isocortex(sweep, { cwd })).code).toBe(0);
    const found = (pattern: RegExp) => files(cwd).filter((path) => pattern.test(path));
    const stopMeasuring = (args: readonly string[], signal: NodeJS.Signals) => {
      for (const path of found(/completion|lease/)) rmSync(join(cwd, "sweeps/s/runs", path));
      return isocortex(args, {
        cwd,
        onStart: async (child) => {
          await until(() => found(/lease-\d+\.json$/).length > 0, child);
          child.kill(signal);
        },
      });
    };
    const task = ["sweep", "task", "sweeps/s", "0", "--quiet"];
    expect((await stopMeasuring(sweep, "SIGINT")).code).toBe(130);
    expect(found(/completion/)).toEqual([]);
    expect([130, "SIGTERM"]).toContain((await stopMeasuring(task, "SIGTERM")).code);
    expect(found(/completion/)).toEqual([]);
    expect((await isocortex(task, { cwd })).code).toBe(0);
    expect(found(/completion/)).toHaveLength(1);
  });
});

describe("what only reads a record", () => {
  const commands: readonly (readonly [NodeJS.Signals, readonly string[]])[] = [
    ["SIGINT", ["statistics", "r"]],
    ["SIGTERM", ["compare", "r", "r"]],
    ["SIGHUP", ["plot", "r", "raster"]],
    ["SIGINT", ["export", "r", "--format", "npz", "--out", "r.npz"]],
  ];

  const cwd = sharedFolder();
  beforeAll(() => recordHyperactivity(join(cwd, "r"), 3_000_000));

  it.each(commands)(
    "on %s, %j ends at once and leaves nothing half-written",
    async (signal, args) => {
      const before = everythingIn(cwd);
      const { code, stdout } = await isocortex(args, {
        cwd,
        onStart: async (child) => {
          // An export has begun once it heeds signals; the others read on for seconds.
          if (args[0] === "export") await until(() => heeds(child, "SIGHUP"), child);
          else await wait(1000);
          child.kill(signal);
        },
      });
      expect({ code, stdout }).toEqual({ code: args[0] === "export" ? 130 : signal, stdout: "" });
      expect(everythingIn(cwd)).toEqual(before);
    },
  );
});

it("SIGUSR1 opens no debugger and ends nothing", async () => {
  const cwd = temporaryFolder();
  const args = ["run", ...endless, "--out", "r", "--quiet"];
  const { code, stderr } = await isocortex(args, {
    cwd,
    onStart: async (child) => {
      await until(() => existsSync(join(cwd, "r")), child);
      for (let sent = 0; sent < 50; sent++) {
        child.kill("SIGUSR1");
        await wait(10);
      }
      child.kill("SIGINT");
    },
  });
  expect(stderr).toMatch(/^Interrupted after/);
  expect(code).toBe(130);
});
