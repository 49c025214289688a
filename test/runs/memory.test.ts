import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { runMemoryBytes } from "../../src/runs/memory.ts";
import { commandPath } from "../cli/command.ts";
import { sharedFolder } from "../cli/eventful-run.ts";

const home = sharedFolder();

/** Has a process of Node.js tell the most memory that it took. */
const tell = "process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS));";

/** The most memory that the command took to record a run, bytes. */
function peakBytes(name: string, overrides: ParameterOverrides): number {
  const changes = Object.entries(overrides).flatMap(([name, value]) => [
    "--set",
    `${name}=${value}`,
  ]);
  const { stderr } = spawnSync(
    process.execPath,
    [
      ...["--import", `data:text/javascript,${encodeURIComponent(tell)}`, commandPath],
      ...["run", "training", "--out", join(home, name), "--quiet", ...changes],
    ],
    { encoding: "utf8" },
  );
  return 1024 * Number(/^peak (\d+)$/m.exec(stderr)![1]);
}

const short = { protocol: "training", learningDurationS: 0, recallDurationS: 0 } as const;

it.each<[string, ParameterOverrides]>([
  ["the published column", { ...short, baselineDurationS: 20 }],
  ["one eight times as large", { ...short, baselineDurationS: 1, sizeFactor: 8 }],
  [
    "the training input of 3 h",
    { ...short, baselineDurationS: 1, learningDurationS: 9600, trainingStartMs: 0 },
  ],
])("is enough for %s, and not much too high", (name, overrides) => {
  // Of a long learning phase only the input is wanted: it must not be kept.
  const { learningDurationS = 0, ...rest } = overrides;
  const recorded = learningDurationS > 0 ? shortened(rest, learningDurationS) : overrides;
  const estimate = runMemoryBytes(resolveParameters(recorded));
  const peak = peakBytes(name, recorded);
  expect(peak).toBeLessThan(estimate);
  expect(peak).toBeGreaterThan(estimate / 3);
});

/** A learning phase of half a second with as many training inputs as a long one. */
const shortened = (overrides: ParameterOverrides, durationS: number): ParameterOverrides => ({
  ...overrides,
  learningDurationS: 0.5,
  trainingEndMs: 1500,
  trainingRateHz: (8 * durationS) / 1.5,
});
