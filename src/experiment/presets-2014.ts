import type { ParameterOverrides } from "../model/parameters.ts";
import type { Preset } from "./preset.ts";

const model = "2014";

/**
 * The timeline of the short forms. The sensor, which decays by 1/e in 100 s whatever its time
 * constant, is full when scaling begins, at 300 s. Without scaling, cells are deleted in as many
 * rounds as in the published run.
 */
const timeline: ParameterOverrides = {
  timelineUnitMs: 3000,
  baselinePhaseMs: 300e3,
  deletionPhaseMs: 300e3,
  baselineDurationS: 600,
  deletionStartMs: 320e3,
  stimulationStartMs: 320e3,
  bufferIntervalMs: 50e3,
  samplingIntervalMs: 5000,
};

/** Scaling so fast that it overshoots within minutes, as the published one does within hours. */
const quick: ParameterOverrides = { ...timeline, scalingBeta: 1e-3, scalingGamma: 3e-7 };

const signal: ParameterOverrides = {
  deletion: false,
  scaling: false,
  informationSignal: true,
};

/** The experiments of Rowan, Neymotin & Lytton (2014) and their short forms. */
export const presets2014: readonly Omit<Preset, "original">[] = [
  {
    name: "alzheimer-without-scaling",
    title: "Loss of 273 of 470 cells over 45 h, without scaling",
    figure: "5 (2014)",
    description:
      "From 16 000 s on, three cells chosen at random are deleted every 1600 s and external input " +
      "is reduced.",
    overrides: { model, stimulation: false, scaling: false, deletionProcess: "fixed-size" },
  },
  {
    name: "alzheimer-without-scaling-quick",
    title: "Loss of cells in 10 minutes, without scaling: reduced firing",
    figure: null,
    description: "From 320 s on, three cells are deleted every 3 s.",
    overrides: {
      model,
      stimulation: false,
      scaling: false,
      deletionProcess: "fixed-size",
      ...timeline,
    },
  },
  {
    name: "alzheimer",
    title: "Cell death driven by scaling, over 45 h",
    figure: "5 (2014)",
    description:
      "Scaling from 1600 s on. At 16 000 s, 16 cells are deleted; from then on cells die when " +
      "their activity exceeds 2.5 times its target, and external input is reduced.",
    overrides: { model, stimulation: false },
  },
  {
    name: "alzheimer-quick",
    title: "Cell death driven by scaling, in 10 minutes",
    figure: null,
    description: "Fast scaling from 300 s on; 16 cells are deleted at 320 s, others die.",
    overrides: { model, stimulation: false, ...quick },
  },
  {
    name: "alzheimer-stimulated",
    title: "Cell death under electrostimulation of all excitatory cells",
    figure: "6, 7 (2014)",
    description: "The same with stimuli of 2 mV at 3 Hz to each excitatory cell from 16 000 s on.",
    overrides: { model },
  },
  {
    name: "alzheimer-stimulated-quick",
    title: "Cell death under electrostimulation, in 10 minutes",
    figure: null,
    description: "The experiment of alzheimer-quick with stimulation from 320 s on.",
    overrides: { model, ...quick },
  },
  {
    name: "alzheimer-stimulated-locally",
    title: "Cell death under electrostimulation of E2 cells",
    figure: "8, 9 (2014)",
    description: "As alzheimer-stimulated, with stimuli to the cells of E2 only.",
    overrides: { model, stimulatedPopulations: 1 },
  },
  {
    name: "alzheimer-stimulated-locally-quick",
    title: "Cell death under electrostimulation of E2 cells, in 10 minutes",
    figure: null,
    description: "As alzheimer-stimulated-quick, with stimuli to the cells of E2 only.",
    overrides: { model, stimulatedPopulations: 1, ...quick },
  },
  {
    name: "information-signal",
    title: "An information signal without and with electrostimulation",
    figure: "10 (2014)",
    description:
      "3200 s without scaling and death: a signal to E4 from 1600 s on, stimulation from 2400 s on.",
    overrides: {
      model,
      ...signal,
      deletionPhaseMs: 1600e3,
      baselineDurationS: 3200,
      informationSignalStartMs: 1600e3,
      stimulationStartMs: 2400e3,
    },
  },
  {
    name: "information-signal-quick",
    title: "An information signal without and with electrostimulation, in 7 minutes",
    figure: null,
    description: "A signal to E4 from 200 s on, stimulation from 296 s on.",
    overrides: {
      model,
      ...signal,
      baselinePhaseMs: 200e3,
      deletionPhaseMs: 200e3,
      baselineDurationS: 400,
      bufferIntervalMs: 100e3,
      samplingIntervalMs: 4000,
      informationSignalStartMs: 200e3,
      stimulationStartMs: 296e3,
    },
  },
  {
    name: "alzheimer-information",
    title: "An information signal during cell death under electrostimulation",
    figure: "11 (2014)",
    description: "The experiment of alzheimer-stimulated with a signal to E4 from the beginning.",
    overrides: { model, informationSignal: true },
  },
  {
    name: "alzheimer-information-quick",
    title: "An information signal during cell death, in 10 minutes",
    figure: null,
    description: "The experiment of alzheimer-stimulated-quick with a signal to E4.",
    overrides: { model, informationSignal: true, ...quick },
  },
];
