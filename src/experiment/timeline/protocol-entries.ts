import { timeText } from "../../document/quantities.ts";
import type { ParameterName, Parameters } from "../../model/parameters.ts";
import { durationMs, usesPlasticity } from "../../model/timeline.ts";
import type { EntrySource } from "./entry.ts";

/** The parameters that say nothing but what happens in a run, and when. */
export const protocolParameters: readonly ParameterName[] = [
  "protocol",
  "scaling",
  "scalingStartMs",
  "plasticityStartMs",
  "plasticityEndMs",
  "trialDurationMs",
  "deletionProtocolStartMs",
  "deletionIntervalMs",
  "deletionStepCells",
  "deletionSelection",
  "reduceExternalInput",
  "externalReduction",
];

/**
 * What the parameters say of what happens in a run, as entries of its timeline: the one place where
 * `protocol`, `scaling`, the times of STDP and all that concerns deletion become interventions.
 */
export function protocolEntries(parameters: Parameters): EntrySource[] {
  return [...trialEntries(parameters), ...ruleEntries(parameters), ...lossEntries(parameters)];
}

/** What begins after the end of the run is left out. */
const begins = (parameters: Parameters, timeMs: number) => timeMs <= durationMs(parameters);

function ruleEntries(parameters: Parameters): EntrySource[] {
  const { scaling, scalingStartMs, plasticityStartMs, plasticityEndMs } = parameters;
  const learns = usesPlasticity(parameters) && plasticityStartMs < plasticityEndMs;
  return [
    ...(scaling && begins(parameters, scalingStartMs)
      ? [{ id: "homeostasis", at: timeText(scalingStartMs), scaling: "on" }]
      : []),
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
  return [
    {
      id: "loss",
      from: timeText(startMs),
      every: timeText(deletionIntervalMs),
      delete: {
        cells: "all",
        count: deletionStepCells,
        choose: deletionSelection,
        externalReduction: reduceExternalInput ? externalReduction : 0,
        leave: 1,
      },
    },
  ];
}
