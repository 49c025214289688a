import { expect, it } from "vitest";
import { sharedFolder } from "../cli/eventful-run.ts";
import { killAtRandom } from "../cli/kill-trials.ts";
import { randomNumbers } from "../recording/small-run.ts";

const wanted = Number(process.env["ISOCORTEX_KILLS"] ?? 1000);
const cwd = sharedFolder();

it(`runs survive kill -9 at ${wanted} random instants`, async () => {
  const { kills, runs, by } = await killAtRandom(cwd, wanted, randomNumbers(44));
  expect(kills).toBeGreaterThanOrEqual(wanted);
  console.log(`${kills} kills in ${runs} runs, by the phase reached: ${JSON.stringify(by)}`);
});
