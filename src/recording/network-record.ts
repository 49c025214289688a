import { packColumns, unpackColumns } from "../encoding/columns.ts";
import { checkCells } from "../encoding/spike-codec.ts";
import type { CellClass } from "../model/populations.ts";

/** One population's cells: from `firstCell` on, `cellCount` of them. */
export interface RecordedPopulation {
  readonly name: string;
  readonly cellClass: CellClass;
  readonly layer: number;
  readonly originalType: number;
  readonly firstCell: number;
  readonly cellCount: number;
  /** Column of the cells, from 0, of several. */
  readonly column?: number | undefined;
}

/** Positions of all cells, µm. */
export interface CellPositions {
  readonly xUm: Float64Array;
  readonly yUm: Float64Array;
  readonly zUm: Float64Array;
}

/** All synapses, by presynaptic cell and then by ascending delay; one value per synapse. */
export interface SynapseTable {
  readonly presynaptic: Uint32Array;
  readonly postsynaptic: Uint32Array;
  readonly delayMs: Float64Array;
  /** 1 for synapses on the distal dendrite, 0 for proximal ones. */
  readonly distal: Uint8Array;
  /** AMPA weight (E cells) or GABA-A weight (I cells), mV. */
  readonly fastWeightMv: Float64Array;
  /** NMDA weight (0 for I cells), mV. */
  readonly slowWeightMv: Float64Array;
}

/** Recorded part of a network; every built network has it. */
export interface RecordedNetwork extends CellPositions, Omit<SynapseTable, "presynaptic"> {
  readonly cellCount: number;
  readonly synapseCount: number;
  readonly populations: readonly RecordedPopulation[];
  /** First synapse of each presynaptic cell; the synapse count at the end. */
  readonly firstSynapse: Uint32Array;
  /** Synapses between columns, where there are several. */
  readonly interColumn?: Pick<RecordedNetwork, "firstSynapse"> &
    Omit<SynapseTable, "presynaptic" | "distal">;
}

/** 1 for each excitatory cell of a network's populations, which are in the order of its cells. */
export const excitatoryMask = (
  populations: readonly Pick<RecordedPopulation, "cellClass" | "cellCount">[],
): Uint8Array =>
  Uint8Array.from(
    populations.flatMap(({ cellClass, cellCount }) =>
      new Array<number>(cellCount).fill(Number(cellClass === "E")),
    ),
  );

export function encodePositions({ xUm, yUm, zUm }: CellPositions): Uint8Array {
  return packColumns([xUm, yUm, zUm]);
}

export function decodePositions(payload: Uint8Array, cellCount: number): CellPositions {
  const [xUm, yUm, zUm] = unpackColumns(payload, cellCount, ["d", "d", "d"]);
  return { xUm, yUm, zUm };
}

/** @param distal by default all are */
export function encodeSynapses({
  firstSynapse,
  postsynaptic,
  delayMs,
  distal = new Uint8Array(postsynaptic.length).fill(1),
  fastWeightMv,
  slowWeightMv,
}: NonNullable<RecordedNetwork["interColumn"]> &
  Partial<Pick<SynapseTable, "distal">>): Uint8Array {
  const presynaptic = new Uint32Array(postsynaptic.length);
  for (let cell = 0; cell < firstSynapse.length - 1; cell++) {
    presynaptic.fill(cell, firstSynapse[cell], firstSynapse[cell + 1]);
  }
  return packColumns([presynaptic, postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv]);
}

/** @throws {RangeError} when there are not that many, or some of other cells than the network's */
export function decodeSynapses(
  payload: Uint8Array,
  synapseCount: number,
  cellCount: number,
): SynapseTable {
  const [presynaptic, postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv] = unpackColumns(
    payload,
    synapseCount,
    ["I", "I", "d", "B", "d", "d"],
  );
  checkCells(presynaptic, cellCount);
  checkCells(postsynaptic, cellCount);
  return { presynaptic, postsynaptic, delayMs, distal, fastWeightMv, slowWeightMv };
}
