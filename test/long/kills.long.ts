import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import {
  expectSameRecord,
  recordDespiteKills,
  recordEventful,
  sharedFolder,
} from "../cli/eventful-run.ts";
import { randomNumbers } from "../recording/small-run.ts";

const wanted = Number(process.env["ISOCORTEX_KILLS"] ?? 200);
const cwd = sharedFolder();

let runMs: number;

beforeAll(async () => {
  runMs = await recordEventful(cwd, "whole");
});

it(`a run survives kill -9 at ${wanted} random instants`, async () => {
  const random = randomNumbers(2013);
  let kills = 0;
  let runs = 0;
  while (kills < wanted) {
    kills += await recordDespiteKills(cwd, "killed", runMs, random);
    expectSameRecord(cwd, "killed", "whole");
    rmSync(join(cwd, "killed"), { recursive: true });
    runs++;
  }
  expect(kills).toBeGreaterThanOrEqual(wanted);
  console.log(`${kills} kills in ${runs} runs, ${runs} records equal to the uninterrupted one`);
});
