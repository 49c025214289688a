import {
  DEATH,
  DIED_AT,
  GROWTH_FACTOR,
  HOMEOSTASIS_NUMBERS,
  SENSOR,
} from "../kernel/arrival-state.ts";
import { RECORD, REFRACTORY_UNTIL, SCALE_FACTOR, TARGET_RATE } from "../kernel/cell-record.ts";
import { CONTROLS, EXPANDING_SINCE, EXTERNAL_FACTOR } from "../kernel/control.ts";
import type { Kind } from "./memory.ts";

/**
 * One array of an engine's state: all that must be known of it.
 *
 * The layout of memory, what a snapshot holds, what a branch takes over, what threads tell each
 * other and the addresses that the kernel knows follow from it.
 */
export interface StateArray<K extends Kind = Kind> {
  readonly kind: K;
  /** Kind of item that has entries in it. */
  readonly per: "network" | "cell" | "synapse" | "chain" | "departure";
  /** The entries of one of these at the start of a run. */
  readonly initial: readonly number[];
  /**
   * True if a branch keeps it as it is, or lets each of its external streams go on as that must.
   */
  readonly branch: "keep" | "stream";
  /** For times of what a branch begins that its parent has not: the time of the branch. */
  readonly begins?: "now";
  /**
   * Threads that know its values: the one that simulates the cell, or the synapse's postsynaptic
   * cell; or all of them, as each sees every spike of the network and all that is done to it.
   */
  readonly owner: "cell" | "postsynaptic cell" | "all";
}

export type StateArrays = Readonly<Record<string, StateArray>>;

/** A record of `length` numbers, all 0 but for those given by their places. */
const record = (length: number, values: Readonly<Record<number, number>>): readonly number[] =>
  Array.from({ length }, (_, place) => values[place] ?? 0);

/** The state of the published model, by the names of the arrays; a snapshot holds them in this order. */
export const publishedState = {
  /** See control.ts. */
  control: {
    kind: "f64",
    per: "network",
    initial: record(CONTROLS, { [EXTERNAL_FACTOR]: 1, [EXPANDING_SINCE]: Infinity }),
    branch: "keep",
    owner: "all",
  },
  /** Cell records, see cell-record.ts; their thresholds begin at those of their class. */
  cell: {
    kind: "f64",
    per: "cell",
    initial: record(RECORD, {
      [REFRACTORY_UNTIL]: Infinity,
      [TARGET_RATE]: -1,
      [SCALE_FACTOR]: 1,
    }),
    branch: "keep",
    owner: "cell",
  },
  /** Time of each cell's last spike, ms. */
  lastSpikeMs: { kind: "f64", per: "cell", initial: [-Infinity], branch: "keep", owner: "all" },
  /** Inputs that found the cell in depolarization block. */
  blockCount: { kind: "f64", per: "cell", initial: [0], branch: "keep", owner: "cell" },
  plasticGain: {
    kind: "f64",
    per: "synapse",
    initial: [1],
    branch: "keep",
    owner: "postsynaptic cell",
  },
  /**
   * External streams, by target (4 × cell + receptor): next event, ms, Infinity where there is no
   * stream or it is silent; how many it may still send; the two indices of its generator.
   */
  streamNextMs: {
    kind: "f64",
    per: "cell",
    initial: [Infinity, Infinity, Infinity, Infinity],
    branch: "stream",
    owner: "cell",
  },
  streamRemaining: {
    kind: "f64",
    per: "cell",
    initial: [0, 0, 0, 0],
    branch: "stream",
    owner: "cell",
  },
  streamHigh: { kind: "i32", per: "cell", initial: [0, 0, 0, 0], branch: "stream", owner: "cell" },
  streamLow: { kind: "i32", per: "cell", initial: [0, 0, 0, 0], branch: "stream", owner: "cell" },
  /** Axonal chains under way, by spike order: next callback, that order, synapse, sender. */
  chainTimeMs: { kind: "f64", per: "chain", initial: [0], branch: "keep", owner: "all" },
  chainOrder: { kind: "f64", per: "chain", initial: [0], branch: "keep", owner: "all" },
  chainSynapse: { kind: "u32", per: "chain", initial: [0], branch: "keep", owner: "all" },
  chainCell: { kind: "u32", per: "chain", initial: [0], branch: "keep", owner: "all" },
  /** 1 for cells that receive and send: neither dead nor silenced. */
  active: { kind: "u8", per: "cell", initial: [1], branch: "keep", owner: "all" },
  silenced: { kind: "u8", per: "cell", initial: [0], branch: "keep", owner: "all" },
} as const satisfies StateArrays;

/** Additional state of several columns: spikes on their way to others, see kernel/departures.ts. */
export const departureState = {
  departureCount: { kind: "f64", per: "network", initial: [0], branch: "keep", owner: "all" },
  /** Time of each spike, its order, its next synapse, its sender. */
  departureMs: { kind: "f64", per: "departure", initial: [0], branch: "keep", owner: "all" },
  departureOrder: { kind: "f64", per: "departure", initial: [0], branch: "keep", owner: "all" },
  departureSynapse: { kind: "u32", per: "departure", initial: [0], branch: "keep", owner: "all" },
  departureCell: { kind: "u32", per: "departure", initial: [0], branch: "keep", owner: "all" },
} as const satisfies StateArrays;

/** Additional state of the 2014 model's homeostasis, see kernel/arrival-state.ts. */
export const arrivalState = {
  homeostasis: {
    kind: "f64",
    per: "network",
    initial: record(HOMEOSTASIS_NUMBERS, { [GROWTH_FACTOR]: 1 }),
    branch: "keep",
    owner: "all",
  },
  sensor: { kind: "f64", per: "cell", initial: record(SENSOR, {}), branch: "keep", owner: "cell" },
  death: {
    kind: "f64",
    per: "cell",
    initial: record(DEATH, { [DIED_AT]: Infinity }),
    branch: "keep",
    owner: "all",
  },
} as const satisfies StateArrays;

/** The number of entries of each of a state's arrays in a network of so many cells, synapses, chains. */
export function sectionsOf<S extends StateArrays>(
  state: S,
  counts: Readonly<Record<StateArray["per"], number>>,
) {
  const sections = Object.entries(state).map(([name, { kind, per, initial }]) => {
    return [name, { kind, length: counts[per] * initial.length }];
  });
  return Object.fromEntries(sections) as {
    readonly [N in keyof S]: { readonly kind: S[N]["kind"]; readonly length: number };
  };
}
