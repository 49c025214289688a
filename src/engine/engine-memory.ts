import type { Parameters } from "../model/parameters.ts";
import type { ExternalStreams } from "../network/external-streams.ts";
import type { Network } from "../network/network.ts";
import type { TrainingInput } from "../network/training-input.ts";
import { interpolationTable } from "../numeric/interpolated-exponential.ts";
import { chainCapacity } from "./axons.ts";
import { CLASS_COUNT, CLASS_RECORD, RECORD } from "./cell-record.ts";
import { fillConstants } from "./constants.ts";
import { initializeState } from "./initial-state.ts";
import { allocate, byteLength, f64, i32, u8, u32, type Views } from "./memory.ts";

/** Spikes after which the output is handed to the caller. */
export const OUTPUT_CAPACITY = 16_384;

/**
 * The engine's numbers that are not arrays, by their place in `control`.
 *
 * The event being served is among them: a double that is handed over in memory costs nothing,
 * while one that crosses a call which is not inlined is put on the heap.
 */
export const TIME = 0;
export const CELL_EVENTS = 1;
export const SPIKES = 2;
export const CHAINS = 3;
export const TRAINING_CURSOR = 4;
export const SCALING_ON = 5;
export const EXTERNAL_FACTOR = 6;
/** Time of the event being served, ms, and the served cell's Vm, mV relative to rest. */
export const NOW = 7;
export const VM = 8;
/** When an arrival first was so strong that it magnifies rounding, ms; Infinity if none was. */
export const EXPANDING_SINCE = 9;
/** External input generated ahead: next event, number of events, where it ends and its usual length, ms. */
export const BLOCK_CURSOR = 10;
export const BLOCK_COUNT = 11;
export const BLOCK_END = 12;
export const BLOCK_LENGTH = 13;
/** Spikes in the output since it was last emptied. */
export const OUTPUT_COUNT = 14;
const CONTROLS = 16;

/** External events generated ahead at a time: as many as stay in a core's second-level cache. */
export const BLOCK_EVENTS = 16_384;

/** Room for more events than the mean: sixteen standard deviations. */
export const BLOCK_CAPACITY = BLOCK_EVENTS + 2048;

interface Sizes {
  readonly cells: number;
  readonly synapses: number;
  readonly plasticSynapses: number;
  readonly streams: number;
  readonly chains: number;
  readonly trainingInputs: number;
}

/** Everything that a snapshot holds: the network's complete dynamic state. */
const stateLayout = ({ cells, synapses, streams, chains }: Sizes) =>
  ({
    control: f64(CONTROLS),
    /** Cell records, see cell-record.ts. */
    cell: f64(RECORD * cells),
    /** Time of each cell's last spike, ms; −Infinity before the first. */
    lastSpikeMs: f64(cells),
    blockCount: f64(cells),
    /** Plastic gain, per synapse. */
    plasticGain: f64(synapses),
    /** Next event of each external stream, ms, and how many it may still send. */
    streamNextMs: f64(streams),
    streamRemaining: f64(streams),
    /** The two indices of each stream's random generator. */
    streamHigh: i32(streams),
    streamLow: i32(streams),
    /** Binary heap of axonal chains under way: next callback, spike order, synapse, sender. */
    chainTimeMs: f64(chains),
    chainOrder: f64(chains),
    chainSynapse: u32(chains),
    chainCell: u32(chains),
    alive: u8(cells),
  }) as const;

/** What stays as it was built, and the output. */
const fixedLayout = ({ cells, synapses, plasticSynapses, streams, trainingInputs }: Sizes) =>
  ({
    /** Synapses by presynaptic cell, as in the network. */
    firstSynapse: u32(cells + 1),
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
    /** Where each cell's class constants begin. */
    classOffset: u32(cells),
    classConstant: f64(CLASS_RECORD * CLASS_COUNT),
    interpolation: f64(interpolationTable.length),
    trainingTimeMs: f64(trainingInputs),
    trainingCell: u32(trainingInputs),
    /** External weight by target (4 × cell + receptor): as built, and times the external factor. */
    externalBaseMv: f64(4 * cells),
    externalMv: f64(4 * cells),
    streamOfTarget: u32(4 * cells),
    streamTarget: u32(streams),
    streamMeanMs: f64(streams),
    /** External events generated ahead by time, with their targets; and as drawn, by stream. */
    blockTimeMs: f64(BLOCK_CAPACITY),
    blockTarget: u32(BLOCK_CAPACITY),
    drawnTimeMs: f64(BLOCK_CAPACITY),
    drawnTarget: u32(BLOCK_CAPACITY),
    binStart: u32(BLOCK_EVENTS + 2),
    /** Output, with room for all spikes of one more callback. */
    outputTimeMs: f64(OUTPUT_CAPACITY + cells),
    outputCell: u32(OUTPUT_CAPACITY + cells),
  }) as const;

export type EngineState = Views<ReturnType<typeof stateLayout>>;
export type EngineMemory = EngineState &
  Views<ReturnType<typeof fixedLayout>> & {
    /** The bytes of the state alone. */
    readonly stateBytes: Uint8Array;
  };

/** Allocates and fills the memory of one simulation. */
export function createEngineMemory(
  parameters: Parameters,
  network: Network,
  streams: ExternalStreams,
  training: TrainingInput,
  blockMs?: number,
): EngineMemory {
  const sizes: Sizes = {
    cells: network.cellCount,
    synapses: network.synapseCount,
    plasticSynapses: countExcitatorySynapses(network),
    streams: streams.count,
    chains: chainCapacity(network),
    trainingInputs: training.timeMs.length,
  };
  const state = stateLayout(sizes);
  const fixed = fixedLayout(sizes);
  const stateLength = byteLength(state);
  const buffer = new ArrayBuffer(stateLength + byteLength(fixed));
  const memory: EngineMemory = {
    ...allocate(state, buffer),
    ...allocate(fixed, buffer, stateLength),
    stateBytes: new Uint8Array(buffer, 0, stateLength),
  };
  fillConstants(memory, parameters, network, streams, training);
  initializeState(memory, parameters.inputSeed, streams);
  memory.control[BLOCK_LENGTH] = blockMs ?? usualBlockMs(streams);
  return memory;
}

/** The time in which all streams together send BLOCK_EVENTS events. */
function usualBlockMs({ meanIntervalMs }: ExternalStreams): number {
  const ratePerMs = meanIntervalMs.reduce((sum, meanMs) => sum + 1 / meanMs, 0);
  return ratePerMs > 0 ? BLOCK_EVENTS / ratePerMs : 1000;
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
