import { cellClasses } from "../model/populations.ts";
import { receptors } from "../model/receptors.ts";
import type { ExternalStreams } from "../network/external-streams.ts";
import type { Network } from "../network/network.ts";
import type { TrainingInput } from "../network/training-input.ts";
import { rootsOfTwo } from "../numeric/exponential.ts";
import { interpolationTable } from "../numeric/interpolated-exponential.ts";
import { intervalCount, octaveLogarithmHigh } from "../numeric/logarithm-table.ts";
import { CLASS_COUNT, CLASS_RECORD, RECORD } from "./cell-record.ts";
import { CONTROLS, OUTPUT_CAPACITY, SLOT_CAPACITY, SLOTS, WORK_NUMBERS } from "./control.ts";
import { allocate, byteLength, f64, i32, u8, u32, type Views } from "./memory.ts";

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
    /** Per receptor: 1/E, signed, and the deviation at which it takes nothing more, a magnitude. */
    inverseReversal: f64(receptors.length),
    reversalMv: f64(receptors.length),
    interpolation: f64(interpolationTable.length),
    /** Steps of that table per ms for AMPA, whose decay distal GABA-A shares, and for NMDA. */
    stepsPerMs: f64(2),
    /** Tables of exponential.ts and, interleaved, of logarithm-table.ts. */
    exponentialRoot: f64(rootsOfTwo.length),
    logarithmTable: f64(4 * intervalCount),
    octaveTable: f64(2 * octaveLogarithmHigh.length),
    trainingTimeMs: f64(trainingInputs),
    trainingCell: u32(trainingInputs),
    /** External weight by target (4 × cell + receptor): as built, and times the external factor. */
    externalBaseMv: f64(4 * cells),
    externalMv: f64(4 * cells),
    streamOfTarget: u32(4 * cells),
    streamTarget: u32(streams),
    streamMeanMs: f64(streams),
    work: f64(WORK_NUMBERS),
    /** First stream that waits in each slot of the wheel, and beyond it; each stream's follower. */
    slotHead: i32(SLOTS + 1),
    streamLink: i32(streams),
    /** The streams served in it, the times of their events and of those that follow. */
    waitingStream: i32(SLOT_CAPACITY + 4),
    waitingMs: f64(SLOT_CAPACITY + 4),
    followingMs: f64(SLOT_CAPACITY + 4),
    subslot: i32(SLOT_CAPACITY + 4),
    /** The present slot's events by time. */
    slotTimeMs: f64(SLOT_CAPACITY),
    slotTarget: u32(SLOT_CAPACITY),
    /** Output, with room for all spikes of one more callback. */
    outputTimeMs: f64(OUTPUT_CAPACITY + cells),
    outputCell: u32(OUTPUT_CAPACITY + cells),
  }) as const;

type EngineState = Views<ReturnType<typeof stateLayout>>;
export type EngineMemory = EngineState &
  Views<ReturnType<typeof fixedLayout>> & {
    /** The bytes of the state alone. */
    readonly stateBytes: Uint8Array;
  };

/** Allocates the memory of one simulation, all zeros; `createBuffer` makes room for so many bytes. */
export function createEngineMemory(
  network: Network,
  streams: ExternalStreams,
  training: TrainingInput,
  createBuffer: (bytes: number) => ArrayBufferLike,
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
  const buffer = createBuffer(stateLength + byteLength(fixed));
  return {
    ...allocate(state, buffer),
    ...allocate(fixed, buffer, stateLength),
    stateBytes: new Uint8Array(buffer, 0, stateLength),
  };
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
