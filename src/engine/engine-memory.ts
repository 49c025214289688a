import { cellClasses } from "../model/populations.ts";
import { receptors } from "../model/receptors.ts";
import type { Network } from "../network/network.ts";
import type { TrainingInput } from "../network/training-input.ts";
import { rootsOfTwo } from "../numeric/exponential.ts";
import { interpolationTable } from "../numeric/interpolated-exponential.ts";
import { intervalCount, octaveLogarithmHigh } from "../numeric/logarithm-table.ts";
import { CLASS_COUNT, CLASS_RECORD, RECORD } from "./cell-record.ts";
import { CONTROLS, OUTPUT_CAPACITY, WORK_NUMBERS } from "./control.ts";
import { DECAY_ROW, DECAY_ROWS } from "./decay-rows.ts";
import { allocate, byteLength, f64, i32, u8, u32, type Views } from "./memory.ts";
import { STATE_AT } from "./table-places.ts";
import type { Windows } from "./windows.ts";

interface Sizes {
  readonly cells: number;
  readonly synapses: number;
  readonly plasticSynapses: number;
  readonly chains: number;
  readonly trainingInputs: number;
  readonly windows: Windows;
}

/** Tables whose size does not depend on the network, see table-places.ts. */
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
  /** Where a compiled kernel keeps its constants. */
  vectorConstants: f64(64),
  /** Intervals of the stream that is being drawn, ms. */
  intervalMs: f64(64),
} as const;

/** Doubles per external event drawn ahead: its time, ms, and its target, a 32-bit word (the lower half). */
export const EVENT = 2;

/** Everything that a snapshot holds: the network's complete dynamic state. */
const stateLayout = ({ cells, synapses, chains }: Sizes) =>
  ({
    control: f64(CONTROLS),
    /** Cell records, see cell-record.ts. */
    cell: f64(RECORD * cells),
    /** Time of each cell's last spike, ms; −Infinity before the first. */
    lastSpikeMs: f64(cells),
    blockCount: f64(cells),
    /** Plastic gain, per synapse. */
    plasticGain: f64(synapses),
    /**
     * External streams, by target (4 × cell + receptor): next event, ms, Infinity where there is
     * no stream or it is silent; how many it may still send; the two indices of its generator.
     */
    streamNextMs: f64(4 * cells),
    streamRemaining: f64(4 * cells),
    streamHigh: i32(4 * cells),
    streamLow: i32(4 * cells),
    /** Axonal chains under way, by spike order: next callback, that order, synapse, sender. */
    chainTimeMs: f64(chains),
    chainOrder: f64(chains),
    chainSynapse: u32(chains),
    chainCell: u32(chains),
    /** 1 for cells that receive and send: neither dead nor silenced. */
    active: u8(cells),
    silenced: u8(cells),
  }) as const;

/** What stays as it was built, and the output. */
const fixedLayout = ({ cells, synapses, plasticSynapses, trainingInputs, windows }: Sizes) =>
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
    excitatory: u8(cells),
    /** 1 for cells that have a scale factor of their own. */
    scaled: u8(cells),
    trainingTimeMs: f64(trainingInputs),
    trainingCell: u32(trainingInputs),
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
    event: f64(EVENT * (windows.blockWindows + 1) * windows.windowCapacity),
    /** Per class, where its events end in each window, as a place in `event`. */
    classEnd: u32(CLASS_COUNT * (windows.blockWindows + 1)),
    /** As a block is drawn: where the next event of each window goes. */
    windowCursor: u32(windows.blockWindows),
    /** Lists of events waiting in the present window, one for each cell and one for all in order. */
    pendingHead: i32(cells + 1),
    dueMs: f64(cells + 1),
    /** Until when external input finds each cell quiet, see cell-events.ts. */
    quietUntilMs: f64(cells),
    waitingCell: i32(cells + 1),
    pendingMs: f64(windows.pendingCapacity),
    pendingOrder: f64(windows.pendingCapacity),
    pendingCell: i32(windows.pendingCapacity),
    pendingWhat: i32(windows.pendingCapacity),
    pendingLink: i32(windows.pendingCapacity),
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
  }) as const;

export type EngineState = Views<ReturnType<typeof stateLayout>>;
export type EngineMemory = Views<typeof tableLayout> &
  EngineState &
  Views<ReturnType<typeof fixedLayout>> & {
    /** The words of \`event\`: the target of the one at place k is at 2 (k + 1). */
    readonly eventWord: Int32Array;
    /** The bytes of the state alone. */
    readonly stateBytes: Uint8Array;
    /** The whole, which the compiled kernel works on. */
    readonly linear: WebAssembly.Memory;
  };

/** Allocates the memory of one simulation, all zeros; `createLinear` makes room for so many bytes. */
export function createEngineMemory(
  network: Network,
  training: TrainingInput,
  windows: Windows,
  createLinear: (bytes: number) => WebAssembly.Memory,
): EngineMemory {
  const sizes: Sizes = {
    cells: network.cellCount,
    synapses: network.synapseCount,
    plasticSynapses: countExcitatorySynapses(network),
    chains: chainCapacity(network),
    trainingInputs: training.timeMs.length,
    windows,
  };
  const state = stateLayout(sizes);
  const fixed = fixedLayout(sizes);
  const stateLength = byteLength(state);
  const linear = createLinear(STATE_AT + stateLength + byteLength(fixed));
  const { buffer } = linear;
  const fixedViews = allocate(fixed, buffer, STATE_AT + stateLength);
  const { byteOffset, length } = fixedViews.event;
  return {
    ...allocate(tableLayout, buffer),
    ...allocate(state, buffer, STATE_AT),
    ...fixedViews,
    eventWord: new Int32Array(buffer as ArrayBuffer, byteOffset, 2 * length),
    stateBytes: new Uint8Array(buffer, STATE_AT, stateLength),
    linear,
  };
}

/** The arrays of the state, with their names. */
export function stateArrays({ stateBytes, linear: _, ...arrays }: EngineMemory) {
  const end = stateBytes.byteOffset + stateBytes.length;
  return Object.entries(arrays).filter(
    ([, { byteOffset }]) => byteOffset >= stateBytes.byteOffset && byteOffset < end,
  );
}

/** The same, over another buffer of the state's size. */
export function stateViews(memory: EngineMemory, buffer: ArrayBufferLike): EngineState {
  const views = stateArrays(memory).map(([name, array]) => {
    const View = array.constructor as Float64ArrayConstructor;
    const offset = array.byteOffset - memory.stateBytes.byteOffset;
    return [name, new View(buffer as ArrayBuffer, offset, array.length)];
  });
  return Object.fromEntries(views);
}

/**
 * The largest number of chains that can be under way at once: a cell cannot fire again within its
 * refractory period, and its chains last as long as its longest delay.
 */
function chainCapacity({ populations, firstSynapse, delayMs }: Network): number {
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
