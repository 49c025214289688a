import {
  anyDuration,
  anyPositive,
  anySeed,
  choice,
  derived,
  type Given,
  integer,
  number,
  toggle,
} from "../parameter-definition.ts";
import { byEntry, otherDefaults } from "./changes.ts";
import { tenthBaselineEnd } from "./phases-2014.ts";

const byElectrodes = byEntry("electrostimulate");

/** Electrostimulation and information signal of the 2014 model. */
export const stimulationParameters2014 = {
  stimulation: toggle({
    doc: "Electrostimulation, from stimulationStartMs on.",
    default: true,
    models: { 2014: "useprosthesis" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulationStartMs: number({
    doc: "Start of electrostimulation.",
    default: tenthBaselineEnd,
    unit: "ms",
    range: anyPositive,
    models: { 2014: "prosthesisstart" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulationEndMs: number({
    doc: "Accepted for the original's scripts, which never use it: stimulation lasts to the end.",
    default: derived(
      "informationPhaseMs + baselinePhaseMs + deletionPhaseMs",
      (given: Given<"informationPhaseMs" | "baselinePhaseMs" | "deletionPhaseMs">) =>
        given.informationPhaseMs + given.baselinePhaseMs + given.deletionPhaseMs,
    ),
    unit: "ms",
    range: anyPositive,
    models: { 2014: "prosthesisstop" },
    matters: "never",
    changes: otherDefaults,
  }),

  stimulationRateHz: number({
    doc: "Stimuli per second to each stimulated cell.",
    default: 3,
    unit: "Hz",
    range: [0, 1e5],
    aboveMin: true,
    models: { 2014: "prosfreq" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulationWeightMv: number({
    doc: "Weight of a stimulus, before division by the cell's scale factor.",
    default: 2,
    unit: "mV",
    range: [0, 1e6],
    models: { 2014: "proswt" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulusScaling: choice({
    doc:
      "Weight of stimuli: divided by the cell's scale factor, as published, though scaling does " +
      "not act on them, or the same for all cells.",
    default: "inverse",
    choices: ["inverse", "none"],
    models: { 2014: null },
    matters: "as entries",
    changes: byElectrodes,
  }),

  signalPopulations: integer({
    doc: "Populations with stimulus events: so many of E4, E2, E6, E5R, E5B.",
    default: 5,
    unit: "1",
    range: [1, 5],
    models: { 2014: "nsigcellpops" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulatedPopulations: integer({
    doc: "Stimulated populations: so many of E2, E4, E6, E5R, E5B; at most signalPopulations.",
    default: 5,
    unit: "1",
    range: [0, 5],
    models: { 2014: "nproscellpops" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  stimulationSeed: integer({
    doc: "Seed of stimulation, the kick-start and fixed-size deletion.",
    default: 1,
    unit: "1",
    range: anySeed,
    models: { 2014: "stimseed" },
    matters: "as entries",
    changes: byEntry("electrostimulate, delete"),
  }),

  informationSignal: toggle({
    doc: "Information signal, a recorded one, in addition to electrostimulation.",
    default: false,
    models: { 2014: "useinfosignal" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  informationSignalStartMs: number({
    doc: "Start of the information signal.",
    default: 0,
    unit: "ms",
    range: anyPositive,
    models: { 2014: "infosignalstart" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  informationSignalRateHz: number({
    doc: "Inputs per second by the information signal; rate to which the signal is averaged.",
    default: 20,
    unit: "Hz",
    range: [0, 4000],
    aboveMin: true,
    models: { 2014: "infosignalfreq" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  informationWeightMv: number({
    doc: "Weight of the information signal in E4.",
    default: 18,
    unit: "mV",
    range: [0, 1e6],
    models: { 2014: "infostimwt" },
    matters: "as entries",
    changes: byElectrodes,
  }),

  otherInformationWeightMv: number({
    doc: "Weight of the information signal in the other populations.",
    default: 1e-4,
    unit: "mV",
    range: [0, 1e6],
    models: { 2014: "stimwt" },
    matters: "as entries",
    changes: byElectrodes,
  }),
};

/** A parameter of information trials, which are refused. */
const ofTrials = (name: string, value: number, unit = "1") =>
  number({
    doc: "Accepted for the original's scripts; it is of information trials, so it has no effect.",
    default: value,
    unit,
    range: anyDuration,
    models: { 2014: name },
    matters: "never",
    changes: otherDefaults,
  });

/** Parameters of information trials. */
export const informationTrialParameters2014 = {
  informationPatterns: ofTrials("numpatterns", 1),
  informationPercent: ofTrials("stimpercent", 15),
  informationReceptor: ofTrials("stimsy", 4),
  informationRateHz: ofTrials("stimfreq", 4, "Hz"),
  informationExternalGain: ofTrials("infotrialextwtgain", 0.6),
  inhibitionReceptor: ofTrials("inhibsy", 2),
  inhibitionWeightMv: ofTrials("inhibwt", 0.1, "mV"),

  acetylcholine: toggle({
    doc: "Inhibition in information trials, which has no effect in the original: only off is accepted.",
    default: false,
    models: { 2014: "useACh" },
    matters: "never",
    changes: otherDefaults,
  }),
};
