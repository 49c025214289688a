import type { PaperFigure2013 } from "./figure.ts";

/** Figure 2 as in the deposited README, or with the durations of a batch script: see docs/experiments.md. */
export type Reading = "intended" | "deposited";

const unscaled = (preset: string) =>
  ({ role: "withoutScaling", label: "without scaling", preset }) as const;
const scaled = (preset: string) =>
  ({ role: "withScaling", label: "with scaling", preset }) as const;
const training = [unscaled("training"), scaled("training-with-scaling")];

const quantiles = "median and 5 to 95 % quantile of cells";
const activity = `sensed rate of the excitatory cells, ${quantiles}`;
const factors = `scale factor of the excitatory cells, ${quantiles}`;
const gains =
  "plastic gain of the synapses between excitatory cells, median and 5 to 95 % quantile of synapses";

const deletionPanels = {
  a: `sensed rate of the excitatory cells without scaling, ${quantiles}`,
  b: "the same with scaling, on the same axis",
  c: "living cells, excitatory (E) and inhibitory (I), in both runs",
  d: `scale factor of the excitatory cells with scaling, ${quantiles}`,
};

const figures: Readonly<Record<number, Omit<PaperFigure2013, "paper" | "number">>> = {
  2: {
    title: "Loss of cells and of external input, without and with scaling",
    conditions: [unscaled("deletion"), scaled("deletion-with-scaling")],
    panels: deletionPanels,
    claims: ["deletion-silences", "scaling-sustains-deleted", "scaling-slows-silence"],
  },
  3: {
    title: "Scaling alone",
    conditions: [scaled("scaling")],
    panels: { a: activity, b: factors },
    claims: ["scaling-keeps-target"],
  },
  4: {
    title: "Training without scaling",
    conditions: [unscaled("training")],
    panels: { a: activity, b: gains },
    claims: ["training-ends-in-hyperactivity"],
  },
  5: {
    title: "Training with scaling",
    conditions: [scaled("training-with-scaling")],
    panels: { a: activity, b: factors, c: gains },
    claims: ["scaling-prevents-hyperactivity"],
  },
  6: {
    title: "Firing before and after training",
    conditions: training,
    panels: {
      a: "spikes at the end of the baseline, before training without scaling",
      b: "before training with scaling: the same, as scaling has not started",
      c: "spikes at the end, after training without scaling",
      d: "after training with scaling",
    },
    claims: [
      "training-ends-in-hyperactivity",
      "scaling-prevents-hyperactivity",
      "scaling-leaves-learning",
    ],
  },
  7: {
    title: "Spectra in the course of training, relative to Poisson spikes",
    conditions: training,
    panels: {
      a: "excitatory cells, without scaling",
      b: "excitatory cells, with scaling",
      c: "inhibitory cells, without scaling",
      d: "inhibitory cells, with scaling",
    },
    claims: ["training-changes-spectrum", "hyperactivity-has-another-spectrum"],
  },
};

const asDeposited: (typeof figures)[number] = {
  title: "Loss of cells during training, as in the deposited commands",
  conditions: [unscaled("deletion-as-deposited"), scaled("deletion-with-scaling-as-deposited")],
  panels: deletionPanels,
  claims: ["training-ends-in-hyperactivity", "scaling-prevents-hyperactivity"],
};

/** Numbers of the figures that show results; figure 1 is a drawing of the model. */
export const figureNumbers2013 = Object.keys(figures).map(Number);

/** Content of a figure of the first paper. Only figure 2 can be read in two ways. */
export const figure2013 = (number: number, reading: Reading = "intended"): PaperFigure2013 => ({
  paper: "2013",
  number,
  ...(number === 2 && reading === "deposited" ? asDeposited : figures[number]!),
});
