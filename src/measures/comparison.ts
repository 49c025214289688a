import { type Interval, IntervalError } from "../analysis/firing/interval.ts";
import { firstSpikeDifference, type SpikeDifference } from "../analysis/firing/spike-difference.ts";
import type { Excursions } from "../recording/excursions.ts";
import { isSettled, type Manifest, recordStartMs } from "../recording/manifest.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { TimeRange } from "../recording/time-range.ts";
import type { Activity } from "./activity.ts";
import type { RunHistory } from "./history.ts";
import { type GainRegression, gainRegressions } from "./paired-gains.ts";
import { compareSpikeStatistics, type SpikeComparison } from "./spike-comparison.ts";
import type { SpikeStatistics } from "./spike-statistics.ts";
import { compareStates, type StateComparison } from "./state-comparison.ts";

/** Something that two runs have different values of. */
export interface Difference {
  readonly name: string;
  readonly unit: string;
  /** Null where a run does not have it at all. */
  readonly a: number | string | boolean | null;
  readonly b: number | string | boolean | null;
}

/** An entry of the timeline that two runs do not have alike, as a file has it. */
export interface EntryDifference {
  readonly id: string;
  /** Null where a run does not have it at all. */
  readonly a: RecordedEntry["entry"] | null;
  readonly b: RecordedEntry["entry"] | null;
}

type RecordedEntry = NonNullable<Manifest["timeline"]>[number];

/** Information on each of two compared runs. */
export interface ComparedRun extends Activity {
  readonly label: string;
  readonly status: Manifest["status"];
  /** Recorded time. */
  readonly startMs: number;
  readonly endMs: number;
  /** Spikes in the compared interval. */
  readonly spikes: number;
  /** Values outside their range by then. */
  readonly excursions: Excursions;
  readonly cellCount: number;
}

/** Two runs side by side. */
export interface RunComparison extends SpikeComparison, StateComparison {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  /** The stretch of time that is compared. */
  readonly interval: Interval;
  readonly identicalSpikes: boolean;
  readonly firstDifference: SpikeDifference | null;
  readonly parameters: readonly Difference[];
  /** Entries of the experiments' own; those that parameters ask for differ with these. */
  readonly timeline: readonly EntryDifference[];
  readonly network: readonly Difference[];
  /** Gains between E cells at equal times; empty if none were recorded or the networks differ. */
  readonly pairedGains: readonly GainRegression[];
}

export interface ComparisonRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/**
 * Compares two recorded runs, by default over all the time that both have recorded; a branch thus
 * with its parent from the branch on. Memory does not depend on how long they are.
 *
 * @throws {IntervalError} when they have no time in common, or none in the range
 * @throws {DamagedFileError} when a part that is read is damaged
 */
export function compareRuns(
  one: RunHistory,
  other: RunHistory,
  range: ComparisonRange = {},
): RunComparison {
  const [a, b] = [one.record, other.record];
  const interval = commonInterval(a, b, range);
  const read = readRange(a, b, interval, range);
  const firstDifference = firstSpikeDifference(a.spikeBlocks(read), b.spikeBlocks(read));
  const { runs, ...spikes } = compareSpikeStatistics(one, other, interval, read);
  return {
    a: comparedRun(a, interval, runs[0]!),
    b: comparedRun(b, interval, runs[1]!),
    interval,
    identicalSpikes: firstDifference === null,
    firstDifference,
    parameters: parameterDifferences(a.manifest, b.manifest),
    timeline: timelineDifferences(a.manifest, b.manifest),
    network: networkDifferences(a.manifest, b.manifest),
    ...spikes,
    ...compareStates(a, b, interval),
    pairedGains: gainRegressions(one, other, interval),
  };
}

function comparedRun(
  record: RunReader,
  { endMs }: Interval,
  { spikeCount, activity }: Pick<SpikeStatistics, "spikeCount" | "activity">,
): ComparedRun {
  return {
    label: record.manifest.label,
    status: record.manifest.status,
    startMs: recordStartMs(record.manifest),
    endMs: record.reachedMs,
    spikes: spikeCount,
    excursions: record.excursions(endMs),
    cellCount: record.manifest.network.cellCount,
    ...activity,
  };
}

function commonInterval(a: RunReader, b: RunReader, { fromMs, toMs }: ComparisonRange): Interval {
  const startMs = Math.max(recordStartMs(a.manifest), recordStartMs(b.manifest), fromMs ?? 0);
  const endMs = Math.min(a.reachedMs, b.reachedMs, toMs ?? Infinity);
  if (startMs < endMs) return { startMs, endMs };
  const holds = ({ manifest, reachedMs }: RunReader) =>
    `${recordStartMs(manifest) / 1000} to ${reachedMs / 1000} s`;
  throw new IntervalError(
    `There is nothing to compare: A contains ${holds(a)}, B ${holds(b)}; choose a time range ` +
      "that both contain.",
  );
}

/** A spike on the very end of both runs belongs to them as well. */
function readRange(
  a: RunReader,
  b: RunReader,
  { startMs, endMs }: Interval,
  { toMs }: ComparisonRange,
): TimeRange {
  const isWhole = toMs === undefined && a.reachedMs === b.reachedMs;
  return isWhole && isSettled(a.manifest) && isSettled(b.manifest)
    ? { startMs }
    : { startMs, endMs };
}

function parameterDifferences(a: Manifest, b: Manifest): Difference[] {
  const names = new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)]);
  return [...names].flatMap((name) => {
    const [one, other] = [a.parameters[name], b.parameters[name]];
    if (one?.value === other?.value) return [];
    const unit = one?.unit ?? other?.unit ?? "";
    return [{ name, unit, a: one?.value ?? null, b: other?.value ?? null }];
  });
}

function timelineDifferences(a: Manifest, b: Manifest): EntryDifference[] {
  const [ofA, ofB] = [a, b].map(
    ({ timeline = [] }) => new Map(timeline.map((entry) => [entry.id, entry])),
  ) as [Map<string, RecordedEntry>, Map<string, RecordedEntry>];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].flatMap((id) => {
    const [one, other] = [ofA.get(id), ofB.get(id)];
    const isOwn = [one, other].some((entry) => entry?.origin === "experiment");
    if (!isOwn || effectText(one) === effectText(other)) return [];
    return [{ id, a: one?.entry ?? null, b: other?.entry ?? null }];
  });
}

/** All that an entry does, however its file has put it. */
const effectText = (entry: RecordedEntry | undefined) =>
  entry && JSON.stringify([entry.what, entry.when, entry.action, entry.cells]);

function networkDifferences(a: Manifest, b: Manifest): Difference[] {
  const entries = [
    ["cells", a.network.cellCount, b.network.cellCount],
    ["synapses", a.network.synapseCount, b.network.synapseCount],
    ["wiring", a.network.hash, b.network.hash],
  ] as const;
  return entries.flatMap(([name, one, other]) =>
    one === other ? [] : [{ name, unit: "", a: one, b: other }],
  );
}
