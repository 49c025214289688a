import type { Preset } from "../experiment/preset.ts";
import { presets } from "../experiment/presets.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { listParameters } from "../model/parameter-listing.ts";
import { durationMs } from "../model/timeline.ts";
import { figureKinds } from "../pictures/kinds.ts";
import {
  experimentsText,
  figuresText,
  interventionsText,
  parametersText,
} from "../terminal/listings.ts";
import type { Palette } from "../terminal/streams.ts";
import { listInterventions } from "../timeline/interventions/listing.ts";

export type Topic = "experiments" | "interventions" | "figures" | "parameters";

/** Lists of the command, by topic. */
export const contents = {
  experiments: () => presets.map(experimentOf),
  interventions: listInterventions,
  figures: () => Object.entries(figureKinds).map(([name, shows]) => ({ name, shows })),
  parameters: listParameters,
} as const;

const experimentOf = (preset: Preset) => ({
  ...preset,
  durationS: durationMs(resolveParameters(preset.overrides)) / 1000,
});

export const texts: Readonly<Record<Topic, (paint: Palette) => string>> = {
  experiments: (paint) => experimentsText(contents.experiments(), paint),
  interventions: (paint) => interventionsText(contents.interventions(), paint),
  figures: (paint) => figuresText(contents.figures(), paint),
  parameters: (paint) => parametersText(contents.parameters(), paint),
};
