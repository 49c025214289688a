import { CLASS_COUNT, CLASS_RECORD, READING } from "../kernel/cell-record.ts";
import { OUTPUT_CAPACITY, PENDING, WORK_NUMBERS } from "../kernel/control.ts";
import { cellClasses } from "../model/populations.ts";
import { receptors } from "../model/receptors.ts";
import type { Network } from "../network/construction.ts";
import { rootsOfTwo } from "../numeric/exponential.ts";
import { interpolationTable } from "../numeric/interpolated-exponential.ts";
import { intervalCount, octaveLogarithmHigh } from "../numeric/logarithm-table.ts";
import { DECAY_ROW, DECAY_ROWS } from "./decay-rows.ts";
import {
  type ArrayOf,
  allocate,
  byteLength,
  f64,
  i32,
  placesOf,
  u8,
  u32,
  type Views,
} from "./memory.ts";
import { RULE_COUNT, RULE_PARAMETER_COUNT, ruleState, TRACE_COUNT } from "./rule-tables.ts";
import {
  arrivalState,
  departureState,
  publishedState,
  type StateArrays,
  sectionsOf,
} from "./state-arrays.ts";
import { inputCapacity, type Windows } from "./windows.ts";

interface Sizes {
  readonly cells: number;
  readonly synapses: number;
  readonly columnSynapses: number;
  readonly plasticSynapses: number;
  /** Number of synapses governed by plasticity rules; null if none is on. */
  readonly governedSynapses: number | null;
  /** Number of chains at most; null if homeostasis does not sense what they deliver. */
  readonly sensedChains: number | null;
  readonly windows: Windows;
}

/** Tables whose size does not depend on the network: they come first, at the same places in every memory. */
const tableLayout = {
  /** Constants of each class, see cell-record.ts. */
  classConstant: f64(CLASS_RECORD * CLASS_COUNT),
  /**
   * An external input's weights, mV: per class and receptor that it reaches, one for each receptor,
   * and each times 1/E.
   */
  externalWeightMv: f64(2 * CLASS_COUNT * receptors.length * receptors.length),
  /** Per receptor, a mask of 8 bytes for each receptor: all ones for itself, 0 for the others. */
  receptorMask: i32(2 * receptors.length * receptors.length),
  /** Per receptor: 1/E, signed, and the deviation at which it takes nothing more, a magnitude. */
  inverseReversal: f64(receptors.length),
  reversalMv: f64(receptors.length),
  /** Steps of the interpolation table per ms for AMPA, whose decay distal GABA-A shares, and NMDA. */
  stepsPerMs: f64(2),
  work: f64(WORK_NUMBERS),
  /** Tables of exponential.ts and, interleaved, of logarithm-table.ts. */
  exponentialRoot: f64(rootsOfTwo.length),
  octaveTable: f64(2 * octaveLogarithmHigh.length),
  logarithmTable: f64(4 * intervalCount),
  /** Decay rows of each class, see decay-rows.ts. */
  decayTable: f64(CLASS_COUNT * DECAY_ROWS * DECAY_ROW),
  interpolation: f64(interpolationTable.length),
  /** Of the rules of model/rules.ts: their parameters, and time constants of their traces. */
  ruleParameters: f64(RULE_PARAMETER_COUNT),
  traceTimeConstantMs: f64(TRACE_COUNT * RULE_COUNT),
  /** A copy of a cell's record, brought to the present where no state is, and what follows from it. */
  reading: f64(READING),
  /** Memory for constants of a compiled kernel. */
  vectorConstants: f64(64),
  /** Draws of the stream that is being drawn, and its intervals, ms. */
  drawnWord: i32(64),
  intervalMs: f64(64),
} as const;

/** Layout of constant arrays and of the output. */
const fixedLayout = ({
  cells,
  synapses,
  columnSynapses,
  plasticSynapses,
  governedSynapses,
  sensedChains,
  windows,
}: Sizes) =>
  ({
    /** Synapses by presynaptic cell, as in the network. */
    firstSynapse: u32(cells + 1),
    presynaptic: u32(synapses),
    postsynaptic: u32(synapses),
    delayMs: f64(synapses),
    fastWeightMv: f64(synapses),
    slowWeightMv: f64(synapses),
    /** Receptor that the fast weight acts on, per synapse. */
    fastReceptor: u8(synapses),
    /** Synapses of E cells by postsynaptic cell, presynaptic cells ascending. */
    firstIncoming: u32(cells + 1),
    incomingSynapse: u32(plasticSynapses),
    incomingCell: u32(plasticSynapses),
    /** The rule that governs each synapse, and those that any does, by postsynaptic cell. */
    governingRule: u8(governedSynapses === null ? 0 : synapses),
    firstGoverned: u32(governedSynapses === null ? 0 : cells + 1),
    governedSynapse: u32(governedSynapses ?? 0),
    excitatory: u8(cells),
    /** 1 for cells whose scale factor follows each of their events. */
    scaled: u8(cells),
    /**
     * Scheduled inputs to come, in order of time, and an endless time behind the last: time, ms;
     * target, 4 × cell + receptor; weight, mV.
     */
    inputMs: f64(inputCapacity(cells) + 1),
    inputTarget: i32(inputCapacity(cells)),
    inputWeightMv: f64(inputCapacity(cells)),
    /** Number of each target's stream, −1 where there is none, and its mean interval. */
    streamNumber: i32(4 * cells),
    streamMeanMs: f64(4 * cells),
    /** 1 for E cells that may fire again before all their synapses are served. */
    overtakable: u8(cells),
    /** 1 for the cells that this engine serves: all, unless it is one of several, see part.ts. */
    served: u8(cells),
    /** Those by class, and where each class ends among them. */
    cellsByClass: u32(cells),
    classCells: u32(CLASS_COUNT),
    /** Class of each cell: 0 for E, 1 for LTS, 2 for FS. */
    cellClass: u8(cells),
    /**
     * External events drawn ahead, by window; within one by class, cell and stream. The window
     * after the last is the part of the present one that is being served.
     */
    event: f64((windows.blockWindows + 1) * windows.windowCapacity),
    /** Per class, where its events end in each window, as a place in `event`. */
    classEnd: u32(CLASS_COUNT * (windows.blockWindows + 1)),
    /** As a block is drawn: where the next event of each window goes. */
    windowCursor: u32(windows.blockWindows),
    /** Lists of events waiting in the present window, one for each cell and one for all in order. */
    pendingHead: i32(cells + 1),
    dueMs: f64(cells + 1),
    /** Until when external input finds each cell quiet, see quiet-times.ts. */
    quietUntilMs: f64(cells),
    waitingCell: i32(cells + 1),
    /** The events in them, see kernel/pending.ts. */
    pending: f64(PENDING * windows.pendingCapacity),
    /** Fast weights of arrivals that homeostasis has sensed, mV, and chains by their next callback. */
    pendingFastMv: f64(sensedChains === null ? 0 : windows.pendingCapacity),
    chainHeap: i32(sensedChains ?? 0),
    /** Spikes of the present window as they were found, each cell's latest, and their order. */
    latestSpike: i32(cells),
    spikeMs: f64(windows.spikeCapacity),
    spikeOrder: f64(windows.spikeCapacity),
    spikeCell: i32(windows.spikeCapacity),
    spikeWhat: i32(windows.spikeCapacity),
    spikeBefore: i32(windows.spikeCapacity),
    spikeRank: i32(windows.spikeCapacity),
    /** Output, with room for all spikes of one more window. */
    outputTimeMs: f64(OUTPUT_CAPACITY + windows.spikeCapacity),
    outputCell: u32(OUTPUT_CAPACITY + windows.spikeCapacity),
    /** Synapses between columns by presynaptic cell, as in the network. */
    columnFirstSynapse: u32(columnSynapses === 0 ? 0 : cells + 1),
    columnPostsynaptic: u32(columnSynapses),
    columnDelayMs: f64(columnSynapses),
    /** Kind of each, and the AMPA and NMDA weights of a kind, mV: there are few, as none is random. */
    columnKind: u8(columnSynapses),
    columnWeightMv: f64(columnSynapses === 0 ? 0 : 2 * MOST_COLUMN_KINDS),
  }) as const;

/** Kinds of synapses between columns, at most: one for each projection. */
export const MOST_COLUMN_KINDS = 256;

/** Names of the arrays of a state, and the arrays. */
export type StateViews = Readonly<Record<string, ArrayOf>>;

export type EngineMemory = Views<typeof tableLayout> &
  Views<ReturnType<typeof sectionsOf<typeof publishedState>>> &
  Views<ReturnType<typeof fixedLayout>> & {
    /** Arrays of the state and their bytes: those of a snapshot. */
    readonly stateArrays: StateArrays;
    readonly state: StateViews;
    readonly stateBytes: Uint8Array;
    /** Address of each array, in bytes. */
    readonly addresses: Readonly<Record<string, number>>;
    /** The whole, which the compiled kernel works on. */
    readonly linear: WebAssembly.Memory;
  };

/**
 * Allocates the memory of one simulation, all zeros.
 *
 * @param stateArrays the published state, and what rules add to it
 * @param governedSynapses how many synapses plasticity rules govern; null if none is on
 * @param createLinear makes room for so many bytes
 */
export function createEngineMemory(
  network: Network,
  windows: Windows,
  stateArrays: StateArrays & typeof publishedState,
  governedSynapses: number | null,
  createLinear: (bytes: number) => WebAssembly.Memory,
): EngineMemory {
  const sizes: Sizes = {
    cells: network.cellCount,
    synapses: network.synapseCount,
    columnSynapses: network.interColumn?.postsynaptic.length ?? 0,
    plasticSynapses: countExcitatorySynapses(network),
    governedSynapses,
    sensedChains: "sensor" in stateArrays ? chainCapacity(network) : null,
    windows,
  };
  const { cells, synapses } = sizes;
  const counts = {
    network: 1,
    cell: cells,
    synapse: synapses,
    chain: chainCapacity(network),
    departure: network.interColumn ? chainCapacity({ ...network, ...network.interColumn }) : 0,
  };
  const stateSections = sectionsOf(stateArrays, counts);
  const fixed = fixedLayout(sizes);
  const stateAt = byteLength(tableLayout);
  const stateLength = byteLength(stateSections);
  const linear = createLinear(stateAt + stateLength + byteLength(fixed));
  const { buffer } = linear;
  const state = allocate(stateSections, buffer, stateAt);
  const views = {
    ...allocate(tableLayout, buffer),
    ...state,
    ...allocate(fixed, buffer, stateAt + stateLength),
  };
  const addresses = Object.entries(views).map(([name, { byteOffset }]) => [name, byteOffset]);
  return {
    ...views,
    stateArrays,
    state,
    stateBytes: new Uint8Array(buffer, stateAt, stateLength),
    addresses: { ...absent, ...Object.fromEntries(addresses) },
    linear,
  };
}

/** The arrays of rules that are off have no place; the kernel does not look for them there. */
const absent = Object.fromEntries(
  Object.keys({ ...departureState, ...arrivalState, ...ruleState }).map((name) => [name, 0]),
);

/** The arrays of a state with these sizes, over a buffer of its own. */
export function stateViews(
  { state, stateBytes }: EngineMemory,
  buffer: ArrayBufferLike,
): StateViews {
  const views = Object.entries(state).map(([name, array]) => {
    const View = array.constructor as Float64ArrayConstructor;
    const offset = array.byteOffset - stateBytes.byteOffset;
    return [name, new View(buffer as ArrayBuffer, offset, array.length)];
  });
  return Object.fromEntries(views);
}

/** To be raised when the same arrays come to mean something else. */
const STATE_VERSION = 4;

/** Description of a snapshot's arrays: "4 control:8×8 cell:8×7520 …" (bytes × entries). */
export function stateLayout({ state }: EngineMemory): string {
  const held = Object.entries(state).map(
    ([name, array]) => `${name}:${array.BYTES_PER_ELEMENT}×${array.length}`,
  );
  return [STATE_VERSION, ...held].join(" ");
}

/** Layout of all arrays that the kernel needs for compilation. */
export function kernelArrays() {
  const none: Sizes = {
    ...{ cells: 0, synapses: 0, columnSynapses: 0, plasticSynapses: 0 },
    ...{ governedSynapses: null, sensedChains: null },
    windows: {
      windowMs: 0,
      blockWindows: 0,
      windowCapacity: 0,
      pendingCapacity: 0,
      spikeCapacity: 0,
    },
  };
  const counts = { network: 1, cell: 0, synapse: 0, chain: 0, departure: 0 };
  const { control, cell, ...others } = placesOf(
    sectionsOf(publishedState, counts),
    byteLength(tableLayout),
  );
  return {
    /** Addresses of those that stand at the same place in every memory. */
    places: { ...placesOf(tableLayout), control, cell },
    /** The names of the others, whose addresses depend on the network. */
    others: [others, departureState, arrivalState, ruleState, fixedLayout(none)].flatMap((arrays) =>
      Object.keys(arrays),
    ),
  };
}

/**
 * The largest number of chains that can be under way at once: a cell cannot fire again within its
 * refractory period, and its chains last as long as its longest delay. The same of departures.
 */
function chainCapacity({
  populations,
  firstSynapse,
  delayMs,
}: Pick<Network, "populations" | "firstSynapse" | "delayMs">): number {
  let capacity = 0;
  for (const { cellClass, firstCell, cellCount } of populations) {
    const { refractoryPeriodMs } = cellClasses[cellClass];
    for (let cell = firstCell; cell < firstCell + cellCount; cell++) {
      const end = firstSynapse[cell + 1]!;
      if (end === firstSynapse[cell]) continue;
      capacity += 2 + Math.floor(delayMs[end - 1]! / refractoryPeriodMs);
    }
  }
  return capacity;
}

function countExcitatorySynapses({ populations, firstSynapse }: Network): number {
  let count = 0;
  for (const { cellClass, firstCell, cellCount } of populations) {
    if (cellClass === "E") {
      count += firstSynapse[firstCell + cellCount]! - firstSynapse[firstCell]!;
    }
  }
  return count;
}
