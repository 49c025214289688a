import type { Condition, PaperFigure2014 } from "./figure.ts";

/** Seeds of the published replicates, in the order of the batch scripts. */
export const publishedSeeds: readonly number[] = [
  ...range(1, 9),
  11,
  ...range(13, 18),
  ...range(20, 23),
  ...range(31, 60),
];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

const baseline: Condition = { role: "baseline", label: "no stimulation", preset: "alzheimer" };

/** Experiments that differ in one parameter, of which the first is compared with the others. */
const varied = (
  preset: string,
  name: "stimulationRateHz" | "stimulationWeightMv",
  values: readonly number[],
): Condition[] => {
  const unit = name === "stimulationRateHz" ? "Hz" : "mV";
  return values.map((value) => ({
    role: `${value} ${unit}`,
    label: `${value} ${unit}`,
    preset,
    changed: { name, value },
  }));
};

const ratesHz = [0.5, 1, 2, 3, 4, 5, 10, 20, 30];
const weightsMv = [0.5, 1, 2, 3, 4, 5, 6];

const deathPanels = {
  a: "excitatory cells dead at the end, less those of the same seed without stimulation: mean ± standard deviation over seeds",
  b: "the same of inhibitory cells",
  c: "activity of the living excitatory cells at the end, less that without stimulation",
  d: "their mean scale factor at the end, less that without stimulation",
};

const deathFigure = (
  preset: string,
  name: "stimulationRateHz" | "stimulationWeightMv",
): Omit<PaperFigure2014, "paper" | "number"> => {
  const where = preset.endsWith("-locally") ? "E2 cells" : "all excitatory cells";
  const what = name === "stimulationRateHz" ? "frequency" : "weight";
  return {
    title: `Deaths against the ${what} of stimulation of ${where}`,
    shows: "deaths",
    conditions: [
      baseline,
      ...varied(preset, name, name === "stimulationRateHz" ? ratesHz : weightsMv),
    ],
    panels: deathPanels,
    claims: ["stimulation-raises-activity", "stimulation-lowers-scaling", "stimulation-slows-loss"],
    claimsFrom: "abstract",
  };
};

const flow = "normalised transfer entropy to all other populations";

const figures: Readonly<Record<number, Omit<PaperFigure2014, "paper" | "number">>> = {
  5: {
    title: "Loss of cells without and with scaling",
    shows: "courses",
    conditions: [
      { role: "withoutScaling", label: "without scaling", preset: "alzheimer-without-scaling" },
      { role: "withScaling", label: "with scaling", preset: "alzheimer" },
    ],
    panels: {
      a: "activity (sensed rate) of the living excitatory cells: mean ± standard deviation over seeds",
      b: "their mean scale factor",
      c: "living cells",
    },
    claims: ["loss-silences", "scaling-restores-activity", "scaling-drives-loss"],
    claimsFrom: "abstract",
  },
  6: deathFigure("alzheimer-stimulated", "stimulationRateHz"),
  7: deathFigure("alzheimer-stimulated", "stimulationWeightMv"),
  8: deathFigure("alzheimer-stimulated-locally", "stimulationRateHz"),
  9: deathFigure("alzheimer-stimulated-locally", "stimulationWeightMv"),
  10: {
    title: "Information flow without and with stimulation",
    shows: "information",
    conditions: [{ role: "signal", label: "2 mV", preset: "information-signal" }],
    segments: { "no signal": 1, signal: 2, "signal and stimulation": 3 },
    panels: {
      a: `${flow} from each population, before the signal, with it, and with it and stimulation: mean ± standard deviation over seeds`,
    },
    claims: ["signal-adds-information", "stimulation-keeps-information"],
    claimsFrom: "scripts",
  },
  11: {
    title: "Information flow before and after the loss of cells",
    shows: "information",
    conditions: varied("alzheimer-information", "stimulationWeightMv", [1, 3, 4, 5, 6]),
    segments: { "before the loss": 1, "after the loss": 100 },
    panels: {
      a: `${flow} from E4, before and after the loss, against the weight of stimulation: mean ± standard deviation over seeds`,
      b: "the sum of all populations' ones",
    },
    claims: ["loss-reduces-information"],
    claimsFrom: "scripts",
  },
};

/** Numbers of the figures that show results. */
export const figureNumbers2014 = Object.keys(figures).map(Number);

/** Content of a figure of the second paper. */
export const figure2014 = (number: number): PaperFigure2014 => ({
  paper: "2014",
  number,
  ...figures[number]!,
});
