import { numberText } from "./number-text.ts";
import { ParameterError } from "./parameter-error.ts";
import type { Parameters } from "./parameters.ts";
import { durationMs } from "./timeline.ts";

/** The errors of a 2014 run's parameters whose values are allowed alone but not together. */
export const errors2014 = (parameters: Parameters): ParameterError[] => [
  ...phaseErrors(parameters),
  ...trialErrors(parameters),
  ...populationErrors(parameters),
  ...signalErrors(parameters),
  ...listErrors(parameters),
  ...weightErrors(parameters),
];

/** The original quits where its two ways to say the length of a run do not agree. */
const LENGTH_TOLERANCE_MS = 1e-6;

function phaseErrors(parameters: Parameters): ParameterError[] {
  const { informationPhaseMs, baselinePhaseMs, deletionPhaseMs } = parameters;
  const phasesMs = informationPhaseMs + baselinePhaseMs + deletionPhaseMs;
  const totalMs = durationMs(parameters);
  if (Math.abs(phasesMs - totalMs) <= LENGTH_TOLERANCE_MS) return [];
  const parameter = "informationPhaseMs + baselinePhaseMs + deletionPhaseMs";
  const parts = [informationPhaseMs, baselinePhaseMs, deletionPhaseMs].map(numberText);
  const given = `${parts.join(" + ")} = ${numberText(phasesMs)} ms`;
  const allowed =
    `${numberText(totalMs)} ms, which is 1000 · (baselineDurationS + learningDurationS + ` +
    "recallDurationS)";
  const names = "GetInfoDur, BaselineDur, DeletionDur and PreDur, LearnDur, PostDur";
  const message = `${parameter} = ${given}: expected ${allowed}. In the original: ${names}.`;
  return [new ParameterError(message, { parameter, given, allowed })];
}

function trialErrors({ informationTrials, acetylcholine }: Parameters): ParameterError[] {
  return [
    ...(informationTrials > 0
      ? [
          refusal(
            "informationTrials (numinfotrials)",
            String(informationTrials),
            "0",
            "the original never delivers the inputs of its information trials: each cell still " +
              "waits for its keep-alive pulse when they end, and with stimulation the run stops " +
              "with an error. No figure uses them",
          ),
        ]
      : []),
    ...(acetylcholine
      ? [
          refusal(
            "acetylcholine (useACh)",
            "true",
            "false",
            "it gives weights to a GABA synapse by a path that ignores them, so it has no effect " +
              "in the original",
          ),
        ]
      : []),
  ];
}

function populationErrors({ signalPopulations, stimulatedPopulations, ...others }: Parameters) {
  if (stimulatedPopulations <= signalPopulations || !others.stimulation) return [];
  return [
    refusal(
      "stimulatedPopulations (nproscellpops)",
      String(stimulatedPopulations),
      `at most ${signalPopulations}, the signalPopulations (nsigcellpops)`,
      "only signal populations have stimulus events",
    ),
  ];
}

function signalErrors({ informationSignal, stimulation }: Parameters): ParameterError[] {
  if (!informationSignal || stimulation) return [];
  const reason = "in the original the information signal needs electrostimulation to be on";
  return [
    refusal("informationSignal (useinfosignal)", "true", "false without stimulation", reason),
  ];
}

/** Points of a stimulus list's trains, and values of its information signal, at most. */
export const MOST_TRAIN_POINTS = 1e7;
const MOST_SIGNAL_VALUES = 1e5;

function listErrors(parameters: Parameters): ParameterError[] {
  const { stimulation, informationSignal, trialDurationMs, ...others } = parameters;
  if (!stimulation) return [];
  const lengthMs = informationSignal ? 2 * trialDurationMs : trialDurationMs;
  const points = lengthMs * others.stimulationRateHz;
  const values = Math.floor(((2 * trialDurationMs + 1) * others.informationSignalRateHz) / 1000);
  const isShort = informationSignal && values < 1;
  const isLong = informationSignal && values > MOST_SIGNAL_VALUES;
  return [
    ...(points < MOST_TRAIN_POINTS
      ? []
      : [
          refusal(
            `${informationSignal ? "2 · " : ""}trialDurationMs · stimulationRateHz (infotriallength, prosfreq)`,
            numberText(points),
            `less than ${numberText(MOST_TRAIN_POINTS)}`,
            "so many numbers are drawn for each cell and stimulus list; choose a lower rate or " +
              "shorter lists",
          ),
        ]),
    ...(isShort || isLong
      ? [
          refusal(
            "(2 · trialDurationMs + 1) · informationSignalRateHz / 1000 (infotriallength, infosignalfreq)",
            numberText(values),
            `1 to ${numberText(MOST_SIGNAL_VALUES)}`,
            "so many values of the information signal make a stimulus list",
          ),
        ]
      : []),
  ];
}

function weightErrors({ weightRandomization }: Parameters): ParameterError[] {
  if (weightRandomization !== 0) return [];
  const reason = "its magnitude divides the variance of the weights";
  return [refusal("weightRandomization (randsy)", "0", "a number other than 0", reason)];
}

function refusal(known: string, given: string, allowed: string, reason: string): ParameterError {
  const parameter = known.split(" ")[0]!;
  const message = `${known} = ${given}: expected ${allowed}; ${reason}.`;
  return new ParameterError(message, { parameter, given, allowed });
}
