import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import type { ParameterOverrides } from "../../../src/model/parameters.ts";
import { packageRoot } from "../../../src/node/package.ts";
import { runMemoryBytes } from "../../../src/node/run/run-memory.ts";
import { sharedFolder } from "../../cli/eventful-run.ts";

const home = sharedFolder();

/** The most memory that a process took to record a run, bytes. */
function peakBytes(name: string, overrides: ParameterOverrides): number {
  const request = {
    directory: join(home, name),
    overwrite: false,
    preset: null,
    label: name,
    parameters: resolveParameters(overrides),
  };
  const script = `
    import { recordRun } from ${JSON.stringify(join(packageRoot, "dist/node/run/recorded-run.js"))};
    const observer = { onReport: () => {}, signal: new AbortController().signal };
    await recordRun(${JSON.stringify(request)}, observer);
    console.log(1024 * process.resourceUsage().maxRSS);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  return Number(stdout);
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
