import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runSweep } from "../../src/node/sweep.ts";
import { temporaryFolder } from "../cli/command.ts";

it("a sweep with one run that no computer can hold is refused before anything is written", async () => {
  const directory = join(temporaryFolder(), "large");
  const text =
    "preset: baseline-quick\nset: { connectionFactor: 1 }\nvary: { sizeFactor: [1, 500] }";
  await expect(runSweep(text, directory)).rejects.toThrow(/takes [\d.]+ GB of contiguous memory/);
  expect(existsSync(directory)).toBe(false);
});
