import type { ParameterOverrides } from "../../../src/model/parameters.ts";
import { planSweep } from "../../../src/study/planning/plan.ts";
import { readSweep, type SweepPreset } from "../../../src/study/planning/sweep-file.ts";
import { everything } from "../../simulation/tiny-run.ts";

/** An experiment of a second: learning from 0.2 s on, scaling from 0.25 s, no deletion. */
const tiny: ParameterOverrides = {
  ...everything,
  protocol: "training",
  externalGain: 18,
  trainingRateHz: 40,
};

export const tinyPresets: readonly SweepPreset[] = [
  { name: "tiny", overrides: tiny },
  { name: "tiny-deletion", overrides: everything },
];

export const testProgram = { name: "isocortex", version: "1.2.3" };

export const readTiny = (text: string) => readSweep(text, "tiny.yaml", "tiny", tinyPresets);

export const planTiny = (text: string, program = testProgram) => planSweep(readTiny(text), program);
