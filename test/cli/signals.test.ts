import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { FolderStore } from "../../src/node/run/run-folder.ts";
import { RunReader } from "../../src/recording/run-reader.ts";
import { everythingIn, isocortex, temporaryFolder } from "./command.ts";

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
    const { code, stderr } = await isocortex(["run", ...endless, "--set", "sizeFactor=200"], {
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
    ["of the reference engine", "SIGTERM", ["--engine", "reference"]],
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
      /^Interrupted after [\d.]+ s of \d+ s\. .*\nContinue: isocortex resume r/,
    );
    expect(code).toBe(130);
    const run = new RunReader(new FolderStore(join(cwd, "r")));
    expect(run.manifest.status).toBe("interrupted");
    expect(run.verify()).toEqual([]);
    expect(run.manifest.simulatedMs).toBeLessThan(run.manifest.durationMs / 2);
    expect(everythingIn(join(cwd, "r/checkpoints"))).toHaveLength(1);
  });
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
