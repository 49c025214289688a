import { ACTIVITY, RECEIVED_AT, SENSOR } from "../kernel/arrival-state.ts";
import {
  AHP,
  AMPA,
  GABA_DISTAL,
  GABA_PROXIMAL,
  LAST_EVENT,
  NMDA,
  RATE_ERROR_INTEGRAL,
  RECORD,
  SCALE_FACTOR,
  SENSED_AT,
  SENSED_RATE,
  SPIKE_COUNT,
  TARGET_RATE,
  THRESHOLD,
  UPDATED_AT,
} from "../kernel/cell-record.ts";
import { decayedRate } from "../rules/scaling.ts";
import type { EngineMemory } from "./layout.ts";
import type { EngineSettings } from "./settings.ts";

/**
 * State of all cells, one value per cell: of the membrane at `lastUpdateMs`, of the rate sensor at
 * the cell's last event of any kind. Deleted cells keep the state at their deletion.
 */
export interface CellState {
  readonly alive: Uint8Array;
  /** Arriving charge, mV/ms, in the 2014 model; 0 in the 2013 model. */
  readonly activity: Float64Array;
  /**
   * Sensed and target firing rates, spikes/ms (kHz); targets of the 2014 model are mV/ms. The target
   * is −1 until scaling sets it.
   */
  readonly sensedRateKhz: Float64Array;
  readonly targetRateKhz: Float64Array;
  /** Integral of target − sensed rate over time, kHz·ms. */
  readonly rateErrorIntegral: Float64Array;
  readonly scaleFactor: Float64Array;
  readonly spikeCount: Float64Array;
  /** Number of inputs that arrived during depolarization block. */
  readonly blockCount: Float64Array;
  /** Deviations from rest by receptor, mV; GABA and the afterhyperpolarization are ≤ 0. */
  readonly ampaDistalMv: Float64Array;
  readonly nmdaDistalMv: Float64Array;
  readonly gabaProximalMv: Float64Array;
  readonly gabaDistalMv: Float64Array;
  readonly afterhyperpolarizationMv: Float64Array;
  /** Spike threshold, absolute mV. */
  readonly dynamicThresholdMv: Float64Array;
  readonly lastUpdateMs: Float64Array;
  readonly lastSensorUpdateMs: Float64Array;
}

/** Copies the cells' state out of the engine's memory. */
export function readCellState(memory: EngineMemory, settings: EngineSettings): CellState {
  const { cell, active, silenced, state } = memory;
  const { sensor } = state;
  const column = (value: (record: number) => number) => {
    const values = new Float64Array(active.length);
    for (let index = 0; index < values.length; index++) values[index] = value(RECORD * index);
    return values;
  };
  const field = (offset: number) => column((record) => cell[record + offset]!);
  const sensedTo = (record: number) =>
    sensor?.[SENSOR * (record / RECORD) + RECEIVED_AT] ?? cell[record + LAST_EVENT]!;
  // 0 − x, so that an absent inhibition is 0 and not −0.
  const negatedField = (offset: number) => column((record) => 0 - cell[record + offset]!);
  return {
    alive: active.map((isActive, index) => isActive | silenced[index]!),
    activity: column((record) => sensor?.[SENSOR * (record / RECORD) + ACTIVITY] ?? 0),
    sensedRateKhz: column((record) => {
      const elapsedMs = sensedTo(record) - cell[record + SENSED_AT]!;
      return decayedRate(cell[record + SENSED_RATE]!, elapsedMs * settings.sensorDecayPerMs);
    }),
    targetRateKhz: field(TARGET_RATE),
    rateErrorIntegral: field(RATE_ERROR_INTEGRAL),
    scaleFactor: field(SCALE_FACTOR),
    spikeCount: field(SPIKE_COUNT),
    blockCount: memory.blockCount.slice(),
    ampaDistalMv: field(AMPA),
    nmdaDistalMv: field(NMDA),
    gabaProximalMv: negatedField(GABA_PROXIMAL),
    gabaDistalMv: negatedField(GABA_DISTAL),
    afterhyperpolarizationMv: negatedField(AHP),
    dynamicThresholdMv: field(THRESHOLD),
    lastUpdateMs: field(UPDATED_AT),
    lastSensorUpdateMs: column(sensedTo),
  };
}
