import { timeText } from "../document/quantities.ts";
import { columnCount } from "../model/column-grid.ts";
import { type ParameterName, type Parameters, parametersThatMatter } from "../model/parameters.ts";
import { durationMs, usesPlasticity, usesTraining } from "../model/timeline.ts";
import { volleyCount } from "../network/stimuli/volley-draws.ts";
import type { EntrySource } from "./entry.ts";
import { protocolEntries2014 } from "./protocol-entries-2014.ts";

/** The parameters that say nothing but what happens in a run, and when. */
export const protocolParameters = parametersThatMatter("as entries");

/** All that a run's timeline follows from, besides entries of its own. */
export const timelineParameters: readonly ParameterName[] = [
  ...protocolParameters,
  ...parametersThatMatter("through entries"),
  // Shuffles stimuli, besides what it does from the beginning.
  "inputSeed",
  // Samples update the growth factor of the 2014 model.
  "samplingStartMs",
  "samplingIntervalMs",
];

/**
 * Entries of the timeline that follow from the parameters: the only place where `protocol`,
 * `scaling`, the times of STDP, training and deletion become interventions.
 */
export function protocolEntries(parameters: Parameters): EntrySource[] {
  if (parameters.model === "2014") {
    return [...protocolEntries2014(parameters), ...learningEntries(parameters)];
  }
  return [
    ...trialEntries(parameters),
    ...trainingEntries(parameters),
    ...ruleEntries(parameters),
    ...lossEntries(parameters),
  ];
}

/** Inputs of a volley to one cell keep a distance, and so come a little later than its end, ms. */
const SETTLED_MS = 1;

/** Filter of entries that start after the end of the run. */
const begins = (parameters: Parameters, timeMs: number) => timeMs <= durationMs(parameters);

function ruleEntries(parameters: Parameters): EntrySource[] {
  const { scaling, scalingStartMs } = parameters;
  return [
    ...(scaling && begins(parameters, scalingStartMs)
      ? [{ id: "homeostasis", at: timeText(scalingStartMs), scaling: "on" }]
      : []),
    ...learningEntries(parameters),
  ];
}

function learningEntries(parameters: Parameters): EntrySource[] {
  const { plasticityStartMs, plasticityEndMs } = parameters;
  const learns = usesPlasticity(parameters) && plasticityStartMs < plasticityEndMs;
  return [
    ...(learns && begins(parameters, plasticityStartMs)
      ? [
          {
            id: "learning",
            from: timeText(plasticityStartMs),
            ...(begins(parameters, plasticityEndMs) && { until: timeText(plasticityEndMs) }),
            plasticity: "on",
          },
        ]
      : []),
  ];
}

function trainingEntries(parameters: Parameters): EntrySource[] {
  const { trainingStartMs: startMs, trainingEndMs: endMs, trainingRateHz: rateHz } = parameters;
  if (!usesTraining(parameters) || startMs >= endMs || !begins(parameters, startMs)) return [];
  const { trainingVolleyMs, trainingWeightMv, trainingShuffled } = parameters;
  const count = volleyCount({ startMs, endMs, rateHz, mostVolleys: Infinity });
  if (count === 0) return [];
  // The last volley is carried through, even if it begins just before the end.
  const lastMs = startMs + ((count - 1) * 1000) / rateHz + trainingVolleyMs + SETTLED_MS;
  const goesOn = !trainingShuffled && lastMs > endMs;
  const untilMs = goesOn ? lastMs : endMs;
  return [
    {
      id: "training",
      from: timeText(startMs),
      ...(begins(parameters, untilMs) && { until: timeText(untilMs) }),
      stimulate: {
        cells: "E4",
        weight: `${trainingWeightMv} mV`,
        rate: `${rateHz} Hz`,
        pattern: "volleys",
        spread: `${trainingVolleyMs} ms`,
        ...(goesOn && { count }),
        ...(trainingShuffled && { shuffled: "on" }),
      },
    },
  ];
}

function trialEntries(parameters: Parameters): EntrySource[] {
  const { protocol, deletionProtocolStartMs: startMs, trialDurationMs } = parameters;
  if (protocol !== "deletion" || !begins(parameters, startMs)) return [];
  return [
    {
      id: "trials",
      from: timeText(startMs),
      every: timeText(trialDurationMs),
      trials: {},
    },
  ];
}

function lossEntries(parameters: Parameters): EntrySource[] {
  const { protocol, deletionProtocolStartMs, deletionIntervalMs, deletionStepCells } = parameters;
  const startMs = deletionProtocolStartMs + deletionIntervalMs;
  if (protocol !== "deletion" || deletionStepCells === 0 || !begins(parameters, startMs)) return [];
  const { deletionSelection, reduceExternalInput, externalReduction } = parameters;
  const columns = columnCount(parameters);
  const inFirst = columns > 1 && parameters.deletionColumns === "first";
  return [
    {
      id: "loss",
      from: timeText(startMs),
      every: timeText(deletionIntervalMs),
      delete: {
        cells: inFirst ? { of: "all", column: 0 } : "all",
        count: inFirst ? deletionStepCells : columns * deletionStepCells,
        choose: deletionSelection,
        externalReduction: reduceExternalInput ? externalReduction : 0,
        leave: 1,
      },
    },
  ];
}
