import type { ClaimId } from "./claims.ts";

/** Figures of Rowan & Neymotin (2013) that show results; figure 1 is a drawing of the model. */
export const figureNumbers = [2, 3, 4, 5, 6, 7] as const;

export type FigureNumber = (typeof figureNumbers)[number];

/** The two ways to read the commands for figure 2: see docs/experiments.md. */
export type Reading = "intended" | "deposited";

/** A figure of the paper: what runs it needs and what is to be seen in it. */
export interface PaperFigure {
  readonly number: FigureNumber;
  readonly title: string;
  /** Experiments by name, without "-quick". */
  readonly withoutScaling?: string;
  readonly withScaling?: string;
  /** Content of each panel, by its letter. */
  readonly panels: Readonly<Record<string, string>>;
  readonly claims: readonly ClaimId[];
}

const training = { withoutScaling: "training", withScaling: "training-with-scaling" } as const;

const activity = "mean sensed rate of the excitatory cells ± standard deviation";
const factors = "mean scale factor of the excitatory cells ± standard deviation";
const gains = "mean plastic gain of the synapses between excitatory cells ± standard deviation";

const deletionPanels = {
  a: `${activity}, without scaling; the thin line is the rate of the baseline`,
  b: "the same with scaling, on the same axis",
  c: "living cells, excitatory (E) and inhibitory (I), in both runs",
  d: `${factors}, with scaling`,
};

const figures: Readonly<Record<Exclude<FigureNumber, 2>, Omit<PaperFigure, "number">>> = {
  3: {
    title: "Scaling alone maintains balance",
    withScaling: "scaling",
    panels: { a: `${activity}; the thin line is the rate of the baseline`, b: factors },
    claims: ["scaling-keeps-target"],
  },
  4: {
    title: "Training without scaling",
    withoutScaling: "training",
    panels: { a: activity, b: gains },
    claims: ["training-ends-in-hyperactivity"],
  },
  5: {
    title: "Training with scaling",
    withScaling: "training-with-scaling",
    panels: {
      a: `${activity}; the thin line is the rate of the baseline`,
      b: factors,
      c: gains,
    },
    claims: ["scaling-prevents-hyperactivity", "scaling-lets-learn"],
  },
  6: {
    title: "Firing before and after training",
    ...training,
    panels: {
      a: "spikes at the end of the baseline, before training without scaling",
      b: "before training with scaling: the same, as scaling has not started",
      c: "spikes at the end, after training without scaling",
      d: "after training with scaling",
    },
    claims: ["firing-differs-after-training"],
  },
  7: {
    title: "Spectra in the course of training",
    ...training,
    panels: {
      a: "excitatory cells, without scaling",
      b: "excitatory cells, with scaling",
      c: "inhibitory cells, without scaling",
      d: "inhibitory cells, with scaling",
    },
    claims: ["training-changes-spectrum", "hyperactivity-has-another-spectrum"],
  },
};

/** Content of a figure of the paper. Only figure 2 can be read in two ways. */
export function paperFigure(number: FigureNumber, reading: Reading = "intended"): PaperFigure {
  if (number !== 2) return { number, ...figures[number] };
  if (reading === "deposited") {
    return {
      number,
      title: "Loss of cells during training, as in the deposited commands",
      withoutScaling: "deletion-as-deposited",
      withScaling: "deletion-with-scaling-as-deposited",
      panels: deletionPanels,
      claims: ["training-ends-in-hyperactivity", "scaling-prevents-hyperactivity"],
    };
  }
  return {
    number,
    title: "Loss of cells without and with scaling",
    withoutScaling: "deletion",
    withScaling: "deletion-with-scaling",
    panels: deletionPanels,
    claims: ["deletion-silences", "scaling-sustains-deleted", "scaling-slows-silence"],
  };
}
