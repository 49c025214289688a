import { packColumns, unpackColumns } from "./columns.ts";

/** Recorded state of all cells at one time, one value per cell. */
export interface CellSample {
  /** Sensed and target firing rates, spikes/ms (kHz); the target is −1 until scaling sets it. */
  readonly sensedRateKhz: Float64Array;
  readonly targetRateKhz: Float64Array;
  readonly scaleFactor: Float64Array;
  /** 1 for living cells, 0 for deleted ones. */
  readonly alive: Uint8Array;
}

/** Samples in order of time: `scaleFactor[k][cell]` is the scale factor at `timesMs[k]`. */
export interface CellSamples {
  readonly timesMs: Float64Array;
  readonly sensedRateKhz: readonly Float64Array[];
  readonly targetRateKhz: readonly Float64Array[];
  readonly scaleFactor: readonly Float64Array[];
  readonly alive: readonly Uint8Array[];
}

/** A target rate, NaN until scaling sets it. */
export const nanIfUnset = (targetRateKhz: number): number =>
  targetRateKhz < 0 ? Number.NaN : targetRateKhz;

export function encodeSample(sample: CellSample): Uint8Array {
  const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = sample;
  return packColumns([sensedRateKhz, targetRateKhz, scaleFactor, alive]);
}

export function decodeSample(payload: Uint8Array, cellCount: number): CellSample {
  const [sensedRateKhz, targetRateKhz, scaleFactor, alive] = unpackColumns(payload, cellCount, [
    "d",
    "d",
    "d",
    "B",
  ]);
  return { sensedRateKhz, targetRateKhz, scaleFactor, alive };
}
