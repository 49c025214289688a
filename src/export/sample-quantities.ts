import { type CellSample, nanIfUnset } from "../recording/cell-sample.ts";
import type { RunExcerpt } from "./excerpt.ts";

/** Values of a quantity in a sample, one per cell. */
export type SampleRow = Float64Array | Uint8Array;

/** A quantity of all cells in the samples of a run. */
export interface SampleQuantity {
  readonly name: string;
  readonly unit: "kHz" | "mV/ms" | "1";
  readonly description: string;
  readonly values: (sample: CellSample) => SampleRow;
}

const unitSuffixes = { kHz: "_khz", "mV/ms": "_mv_per_ms", "1": "" } as const;

/** A quantity's name with its unit, as in tables: "sensed_rate_khz". */
export const columnOf = ({ name, unit }: SampleQuantity): string => `${name}${unitSuffixes[unit]}`;

const sensedRate: SampleQuantity = {
  name: "sensed_rate",
  unit: "kHz",
  description: "Each cell's sensor of its own firing rate, spikes/ms.",
  values: ({ sensedRateKhz }) => sensedRateKhz,
};

const target = { values: ({ targetRateKhz }: CellSample) => targetRateKhz };

const targetRate: SampleQuantity = {
  name: "target_rate",
  unit: "kHz",
  description: "The rate that scaling holds each cell to, spikes/ms; NaN until it is set.",
  ...target,
};

const scaleAndLife: readonly SampleQuantity[] = [
  {
    name: "scale_factor",
    unit: "1",
    description: "Multiplies each cell's AMPA weights and divides its GABA weights.",
    values: ({ scaleFactor }) => scaleFactor,
  },
  {
    name: "alive",
    unit: "1",
    description: "1 while a cell lives, 0 once it is deleted.",
    values: ({ alive }) => alive,
  },
];

/** Cells of the 2014 model also sense the charge that arrives, which scaling holds to the target. */
const charge: readonly SampleQuantity[] = [
  {
    name: "activity",
    unit: "mV/ms",
    description: "Each cell's sensor of arriving excitatory charge, weight × kHz.",
    // A record that an earlier version began has none at first.
    values: ({ activity, alive }) => activity ?? new Float64Array(alive.length).fill(Number.NaN),
  },
  {
    name: "target_activity",
    unit: "mV/ms",
    description: "The activity that scaling holds each cell to, weight × kHz; NaN until it is set.",
    ...target,
  },
];

const quantities2013 = [sensedRate, targetRate, ...scaleAndLife];
const quantities2014 = [sensedRate, ...charge, ...scaleAndLife];

/** All quantities that samples can have. */
export const allSampleQuantities = [...new Set([...quantities2013, ...quantities2014])];

/** Quantities of a run's samples, those of its model. */
export const sampleQuantities = ({ manifest }: RunExcerpt): readonly SampleQuantity[] =>
  manifest.parameters["model"]?.value === "2014" ? quantities2014 : quantities2013;

/** Values of a quantity as archives have them: NaN where a target is not set. */
export const archived = ({ values }: SampleQuantity, row: SampleRow): SampleRow =>
  values === target.values ? row.map(nanIfUnset) : row;
