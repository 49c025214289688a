import { deletion, withoutLearning } from "../experiment/preset-overrides.ts";
import type { ParameterOverrides } from "../model/parameters.ts";

interface Definition {
  readonly name: string;
  /** Question that the result answers. */
  readonly question: string;
  /** Takes so long or so much memory that it is only run when named. */
  readonly onRequest?: true;
}

/** Benchmark of the speed of an experiment, after settling. */
export interface SpeedBenchmark extends Definition {
  readonly kind: "speed";
  readonly overrides: ParameterOverrides;
  /** Simulated before anything is measured, ms. */
  readonly settleMs: number;
  /** True to go on, before measuring, until the column is hyperactive. */
  readonly untilHyperactive?: true;
  /** Simulated time of one measurement, ms. */
  readonly sliceMs: number;
  /** True if a run is recorded to files meanwhile. */
  readonly recorded?: true;
}

/** Benchmark of the time to build an experiment. */
export interface SetUpBenchmark extends Definition {
  readonly kind: "set-up";
  readonly overrides: ParameterOverrides;
}

/** Benchmark of the parts of the published training. */
export interface ComponentBenchmark extends Definition {
  readonly kind: "components";
}

/** Benchmark of several threads on one network. */
export interface ThreadsBenchmark extends Definition {
  readonly kind: "threads";
  readonly sizeFactors: readonly number[];
  /** Parameters other than those of the baseline. */
  readonly overrides?: ParameterOverrides;
  /** Numbers of other processes that want a core each. */
  readonly competitors: readonly number[];
  /** Simulated time of one measurement, ms of a column. */
  readonly sliceMs: number;
}

/** Benchmark of experiments compared with the first of them. */
export interface PairsBenchmark extends Definition {
  readonly kind: "pairs";
  readonly variants: Readonly<Record<string, ParameterOverrides>>;
  /** Simulated before anything is measured, ms. */
  readonly settleMs: number;
  /** Simulated time of one measurement, ms. */
  readonly sliceMs: number;
}

export type Benchmark =
  | SpeedBenchmark
  | SetUpBenchmark
  | ComponentBenchmark
  | ThreadsBenchmark
  | PairsBenchmark;

/** Long enough for any number of measurements. */
export const baseline: ParameterOverrides = {
  protocol: "training",
  scaling: true,
  scalingStartMs: 2000,
  baselineDurationS: 10_000,
  ...withoutLearning,
};

/** The 2014 model at rest: its sensors nearly full, scaling and death on, one cell deleted. */
const resting2014: ParameterOverrides = {
  model: "2014",
  baselineDurationS: 10_000,
  timelineUnitMs: 1000,
  baselinePhaseMs: 100e3,
  deletionPhaseMs: 9900e3,
  deletionStartMs: 104e3,
  damageStep: 0,
  stimulation: false,
  stimulationStartMs: 104e3,
};

/** With a faster STDP than published, so that it takes 20 s and not 6900 s. */
const hyperactive = {
  kind: "speed",
  overrides: {
    protocol: "training",
    scaling: false,
    baselineDurationS: 1,
    plasticIncrementEE: 0.3,
  },
  settleMs: 1000,
  untilHyperactive: true,
  sliceMs: 1000,
} as const;

function sized(sizeFactor: number): SpeedBenchmark {
  return {
    name: `size-${sizeFactor}`,
    kind: "speed",
    question: `Does an event cost as much in ${sizeFactor} times as many cells?`,
    overrides: { ...baseline, sizeFactor },
    settleMs: 3000 / Math.min(sizeFactor, 4),
    // Whole blocks of external input, of 128 or 512 ms, each of which is drawn at its start.
    sliceMs: 1024,
  };
}

/** All benchmarks, in the order in which they are run. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: "baseline",
    kind: "speed",
    question: "How fast is the published column at rest, with scaling on?",
    overrides: baseline,
    settleMs: 3000,
    sliceMs: 5000,
  },
  {
    name: "training",
    kind: "speed",
    question: "How fast is the published training, with STDP and scaling?",
    overrides: { protocol: "training", scaling: true, scalingStartMs: 2000, baselineDurationS: 1 },
    settleMs: 3000,
    sliceMs: 5000,
  },
  {
    name: "hyperactive",
    ...hyperactive,
    question: "How fast is a column that training without scaling has made hyperactive?",
  },
  {
    name: "deletion",
    kind: "speed",
    question: "How fast is a column that loses three cells every 5 s and has its input reseeded?",
    overrides: {
      ...deletion,
      protocol: "deletion",
      scaling: true,
      scalingStartMs: 2000,
      deletionIntervalMs: 5000,
      trialDurationMs: 5000,
    },
    settleMs: 3000,
    sliceMs: 5000,
  },
  sized(4),
  sized(16),
  { ...sized(100), onRequest: true },
  {
    name: "recording",
    kind: "speed",
    question: "How fast is the baseline when it is recorded to files?",
    overrides: baseline,
    settleMs: 3000,
    sliceMs: 5000,
    recorded: true,
  },
  {
    name: "recording-hyperactive",
    ...hyperactive,
    question: "How fast is the hyperactive column when it is recorded to files?",
    recorded: true,
    onRequest: true,
  },
  {
    name: "set-up",
    kind: "set-up",
    question: "How long does it take to build the published training, with its 64 000 volleys?",
    overrides: { protocol: "training" },
  },
  {
    name: "components",
    kind: "components",
    question: "Where does the time of the published training go?",
  },
  {
    name: "models",
    kind: "pairs",
    question:
      "How fast is the 2014 model, without and with stimulation, compared with that of 2013?",
    variants: {
      "2013": baseline,
      "2014": resting2014,
      "2014, stimulated": { ...resting2014, stimulation: true },
    },
    settleMs: 112e3,
    // One list of stimuli each.
    sliceMs: 16e3,
  },
  {
    name: "columns",
    kind: "pairs",
    question: "What do several columns cost, compared with one?",
    variants: {
      "1 column": baseline,
      "4 columns": { ...baseline, columnsX: 2, columnsY: 2 },
      "16 columns": { ...baseline, columnsX: 4, columnsY: 4 },
      "16 columns, not connected": {
        ...{ ...baseline, columnsX: 4, columnsY: 4 },
        ...{ interColumnGainEE: 0, interColumnGainEI: 0 },
      },
    },
    settleMs: 3072,
    // Input is drawn ahead for 512 ms at most.
    sliceMs: 1024,
  },
  {
    name: "threads",
    kind: "threads",
    question: "How much faster do several threads serve one network?",
    sizeFactors: [1, 4, 16],
    competitors: [0],
    // Threads begin together only after some seconds, once idle cores have been seen for long enough.
    sliceMs: 100_000,
  },
  {
    name: "threads-columns",
    kind: "threads",
    question: "How much faster do several threads serve four by four columns?",
    sizeFactors: [1],
    overrides: { columnsX: 4, columnsY: 4 },
    competitors: [0],
    sliceMs: 200_000,
    onRequest: true,
  },
  {
    name: "threads-among-others",
    kind: "threads",
    question: "How fast are several threads, compared with one, where other processes take cores?",
    sizeFactors: [1, 4],
    competitors: [1, 2],
    // Longer than the time for which one thread goes on alone.
    sliceMs: 200_000,
    onRequest: true,
  },
];
