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

/** Spikes that fit into the engine's output before they are handed to the caller. */
const SPIKE_CAPACITY = 16_384;

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
const CONTROLS = 16;

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
    /** Output; beyond its capacity there is room for all spikes of one callback. */
    spikeTimeMs: f64(SPIKE_CAPACITY + cells),
    spikeCell: u32(SPIKE_CAPACITY + cells),
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
  return memory;
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
