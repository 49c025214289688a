import { expect, it } from "vitest";
import { sharedFolder } from "./eventful-run.ts";
import { killBeforeOperations } from "./kill-trials.ts";

const cwd = sharedFolder();

it("runs survive kill -9 before ever later operations on files, as they begin and resume", async () => {
  const { kills, runs, by } = await killBeforeOperations(cwd);
  expect(runs).toBe(2);
  expect(kills).toBeGreaterThan(18);
  // With training, scaling and deletions under way, and before and after.
  for (const phase of ["no manifest", "baseline", "learning", "recall"]) {
    expect(by[phase], phase).toBeGreaterThan(0);
  }
});
