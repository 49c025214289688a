import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../src/recording/manifest-file.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { inThisProcess, isocortex } from "./command.ts";
import { eventful, expectSameRecord, recordEventful, sharedFolder } from "./eventful-run.ts";

const cwd = sharedFolder();

beforeAll(() => recordEventful(cwd, "whole"));

describe("resume", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("goes on after %s", async (signal) => {
    const directory = `stopped by ${signal}`;
    const options = [...eventful, "--threads", "1", "--out", directory];
    const args = ["run", "deletion-with-scaling", ...options];
    const samples = join(cwd, directory, "cells/samples.bin");
    const { code, stderr } = await isocortex(args, {
      cwd,
      onStart: async (child) => {
        const hasBegun = () => existsSync(samples) && readFileSync(samples).length > 20_000;
        while (!hasBegun() && child.exitCode === null) await wait(20);
        child.kill(signal);
      },
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      new RegExp(
        `^Interrupted after [\\d.]+ s of 20 s, saved in .*\\nContinue: isocortex resume '${directory}' --threads 1\\n$`,
      ),
    );
    const resumed = await isocortex(["resume", directory], { cwd });
    expect(resumed).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^note: continuing from [\d.]+ s\.\n$/),
    });
    expectSameRecord(cwd, directory, "whole");
    const log = readFileSync(join(cwd, directory, "log.txt"), "utf8")
      .trimEnd()
      .split("\n");
    expect(log.map((line) => line.split(/ {2,}/)[1])).toEqual([
      "started",
      "command",
      "checkpoint",
      "interrupted",
      "resumed",
      "command",
      "note",
      "checkpoint",
      "finished",
    ]);
    expect(log[5]).toContain(`isocortex resume '${directory}'`);
  });

  it("has nothing to do for a complete run", async () => {
    const before = readFileSync(join(cwd, "whole/manifest.json"), "utf8");
    const { code, stdout, stderr } = await isocortex(["resume", "whole"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^whole is complete and undamaged: 20 s, [\d ]+ spikes\.\n$/);
    expect(readFileSync(join(cwd, "whole/manifest.json"), "utf8")).toBe(before);
    expect(readdirSync(join(cwd, "whole"))).not.toContainEqual(expect.stringMatching(/^lease/));
  });

  it("names what is damaged, and makes it good", async () => {
    cpSync(join(cwd, "whole"), join(cwd, "damaged"), { recursive: true });
    const path = join(cwd, "damaged/spikes/spikes.bin");
    const bytes = readFileSync(path);
    bytes[1000]! ^= 1;
    writeFileSync(path, bytes);
    const { code, stderr } = await inThisProcess(["resume", "damaged"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: spikes\/spikes\.bin is damaged from byte 32 on: block 0 /);
    expect(stderr).toMatch(
      /^note: continuing from 0 s; the record from there to 20 s is lost and simulated again\.$/m,
    );
    expectSameRecord(cwd, "damaged", "whole");
  });
});

it("two processes do not write to one run", async () => {
  const args = ["run", "training", "--out", "busy"];
  let second: ReturnType<typeof isocortex> | undefined;
  let third: ReturnType<typeof isocortex> | undefined;
  const first = await isocortex(args, {
    cwd,
    onStart: async (child) => {
      while (!existsSync(join(cwd, "busy/manifest.json"))) await wait(20);
      second = isocortex(["resume", "busy"], { cwd });
      third = isocortex([...args, "--overwrite"], { cwd });
      await Promise.all([second, third]);
      child.kill("SIGINT");
    },
  });
  expect(first.code).toBe(130);
  for (const refused of [await second!, await third!]) {
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^error: busy is in use by process \d+ on /);
  }
  expect(readManifest(new FolderStore(join(cwd, "busy"))).status).toBe("interrupted");
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
