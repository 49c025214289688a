import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RunLog } from "../../src/runs/log.ts";

let home: string;
let nowMs: number;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "isocortex-log-"));
  nowMs = Date.UTC(2024, 4, 6, 7, 8, 9);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const clock = { monotonicMs: () => nowMs, date: () => new Date(nowMs) };

const lines = () => readFileSync(join(home, "log.txt"), "utf8").trimEnd().split("\n");

it("adds a line for each entry, with its time, to what is there", () => {
  new RunLog(home, clock).write("note", "first");
  nowMs += 1500;
  new RunLog(home, clock).write("failed", "no space\n  left on the device");
  expect(lines()).toEqual([
    "2024-05-06T07:08:09.000Z  note         first",
    "2024-05-06T07:08:10.500Z  failed       no space left on the device",
  ]);
});

it("tells the command as a shell takes it", () => {
  const log = new RunLog(home, clock);
  log.begin("started", ["isocortex", "runsim", "out", "{stdpsim=1 scaling=0}", "it's"]);
  expect(lines()[0]).toMatch(
    / {2}started {6}isocortex \d+\.\d+\.\d+, Node\.js 2\d.*, process \d+$/,
  );
  expect(lines()[1]).toMatch(
    /command {6}isocortex runsim out '\{stdpsim=1 scaling=0\}' 'it'\\''s'$/,
  );
});

it("tells of checkpoints now and then", () => {
  const log = new RunLog(home, clock);
  for (let k = 0; k < 50; k++) {
    log.checkpoint(1000 * k);
    nowMs += 500;
  }
  expect(lines().map((line) => line.slice(26))).toEqual([
    "checkpoint   at 0 s",
    "checkpoint   at 20 s",
    "checkpoint   at 40 s",
  ]);
});

it("is done without where it cannot be written", () => {
  const log = new RunLog(join(home, "missing"), clock);
  expect(() => log.write("note", "lost")).not.toThrow();
});
