import { packColumns, unpackColumns } from "../encoding/columns.ts";

/** Recorded state of all cells at one time, one value per cell. */
export interface CellSample {
  /**
   * Sensed and target firing rates, spikes/ms (kHz); the target is −1 until scaling sets it. Targets
   * of the 2014 model are of the activity.
   */
  readonly sensedRateKhz: Float64Array;
  readonly targetRateKhz: Float64Array;
  readonly scaleFactor: Float64Array;
  /** 1 for living cells, 0 for deleted ones. */
  readonly alive: Uint8Array;
  /** Arriving charge, mV/ms, of the 2014 model only. */
  readonly activity?: Float64Array;
}

/** Samples in order of time: `scaleFactor[k][cell]` is the scale factor at `timesMs[k]`. */
export interface CellSamples {
  readonly timesMs: Float64Array;
  readonly sensedRateKhz: readonly Float64Array[];
  readonly targetRateKhz: readonly Float64Array[];
  readonly scaleFactor: readonly Float64Array[];
  readonly alive: readonly Uint8Array[];
  readonly activity?: readonly Float64Array[];
}

/** Activities of samples that all have them. */
export function activitiesOf(
  samples: readonly Pick<CellSample, "activity">[],
): Pick<CellSamples, "activity"> {
  const activity = samples.flatMap((sample) => sample.activity ?? []);
  return samples.length > 0 && activity.length === samples.length ? { activity } : {};
}

/** A target rate, NaN until scaling sets it. */
export const nanIfUnset = (targetRateKhz: number): number =>
  targetRateKhz < 0 ? Number.NaN : targetRateKhz;

export function encodeSample(sample: CellSample): Uint8Array {
  const { sensedRateKhz, targetRateKhz, scaleFactor, alive, activity } = sample;
  return packColumns([
    sensedRateKhz,
    targetRateKhz,
    scaleFactor,
    alive,
    ...(activity ? [activity] : []),
  ]);
}

export function decodeSample(payload: Uint8Array, cellCount: number): CellSample {
  const [sensedRateKhz, targetRateKhz, scaleFactor, alive, activity] = unpackColumns(
    payload,
    cellCount,
    ["d", "d", "d", "B"],
    ["d"],
  );
  return { sensedRateKhz, targetRateKhz, scaleFactor, alive, ...(activity && { activity }) };
}
