import { expect, it } from "vitest";
import { randomNumbers } from "../recording/small-run.ts";
import { sharedFolder } from "./eventful-run.ts";
import { killAtRandom } from "./kill-trials.ts";

const wanted = 200;
const cwd = sharedFolder();

it(`runs survive kill -9 at ${wanted} random instants`, async () => {
  const { kills, runs, by } = await killAtRandom(cwd, wanted, randomNumbers(2013));
  expect(kills).toBeGreaterThanOrEqual(wanted);
  expect(runs).toBeGreaterThan(0);
  // With training, scaling and deletions under way, and before and after.
  for (const phase of ["baseline", "learning", "recall"]) {
    expect(by[phase], phase).toBeGreaterThan(wanted / 20);
  }
});
