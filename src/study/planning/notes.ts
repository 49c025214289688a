import { runNotes } from "../../model/run-notes.ts";
import { seedOverrides } from "../../model/seeds.ts";
import type { Plan } from "./plan.ts";
import { splitSettings } from "./variation.ts";

/** What should be known of a plan's runs before they begin; see `runNotes`. */
export const planNotes = ({ header: { preset, fixed }, tasks }: Plan): string[] =>
  runNotes(
    tasks.map(({ seed, settings }) => ({
      ...preset.overrides,
      ...seedOverrides(seed),
      ...splitSettings({ ...fixed, ...settings }).parameters,
    })),
  );
