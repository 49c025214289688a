import { type Course, layEntries, timelineOf } from "../experiment/definition.ts";
import { findPreset } from "../experiment/presets.ts";
import { learningTimes } from "../experiment/schedule.ts";
import { program } from "../host/package.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import type { ClaimId } from "../paper/claims.ts";
import { type Plan, planSweep } from "../study/planning/plan.ts";
import { doesOf, type Entry, type EntrySource } from "../timeline/entry.ts";

/** An experiment to be repeated on other networks with other input. */
export interface ReplicationRequest {
  readonly preset: string;
  readonly changes: ParameterOverrides;
  /** Entries in addition to those of the experiment. */
  readonly added?: readonly EntrySource[];
  /** The seeds 1 to this many. */
  readonly seeds: number;
}

/** Times during learning at which plastic gains are recorded. */
const GAIN_RECORDS = 20;

/**
 * The name of an experiment with or without scaling: of the pair, that of the one without, but for
 * scaling alone.
 */
export const pairName = (preset: string): string => preset.replace("-with-scaling", "");

/**
 * Plans replicates of an experiment, each without and with scaling: two runs of one network and
 * input, which are the same until scaling begins.
 *
 * @throws {UnknownPresetError} when there is no such experiment
 * @throws {InvalidParametersError} when the changes cannot be made
 */
export function planReplication(request: ReplicationRequest): Plan {
  const { changes, added = [], seeds } = request;
  const preset = findPreset(request.preset);
  const parameters = resolveParameters({ ...preset.overrides, ...changes });
  const entries = layEntries(parameters, [], added);
  const { timeline } = timelineOf({ parameters, entries });
  const pair = pairName(preset.name);
  const sweep = {
    name: `${pair}-replicates`,
    description: `Replicates of ${pair}, without and with scaling.`,
    preset: entries.length > 0 ? { ...preset, entries } : preset,
    fixed: changes,
    varied: [{ name: "scaling", values: [false, true] }],
    combine: "grid",
    seeds: Array.from({ length: seeds }, (_, k) => k + 1),
    measures: [
      "finalRateEHz",
      "finalRateIHz",
      "hyperactivityOnsetS",
      "scaleFactorMean",
      "meanGainEE",
    ],
    gainTimesMs: gainTimesIn(timeline, GAIN_RECORDS),
    judged: true,
    resources: {},
    executor: "local",
  } as const;
  return planSweep(sweep, program);
}

/** Times at equal intervals from the beginning of learning to its end; undefined without learning. */
export function gainTimesIn(timeline: readonly Entry[], intervals: number): number[] | undefined {
  const learning = learningTimes(timeline);
  if (learning.length === 0) return undefined;
  const [startMs, endMs] = [Math.min(...learning), Math.max(...learning)];
  const stepMs = (endMs - startMs) / intervals;
  return Array.from({ length: intervals + 1 }, (_, k) =>
    k === intervals ? endMs : startMs + k * stepMs,
  );
}

const trainingClaims = [
  "training-ends-in-hyperactivity",
  "scaling-prevents-hyperactivity",
  "scaling-leaves-learning",
] as const;

/** The paper's claims that an experiment can speak to. */
export function claimsAbout(course: Course): readonly ClaimId[] {
  const { timeline } = timelineOf(course);
  const deletes = doesOf(timeline, "delete");
  if (doesOf(timeline, "plasticity")) {
    return deletes
      ? trainingClaims
      : [...trainingClaims, "training-changes-spectrum", "hyperactivity-has-another-spectrum"];
  }
  return deletes
    ? ["deletion-silences", "scaling-sustains-deleted", "scaling-slows-silence"]
    : ["scaling-keeps-target"];
}
