import type { CellClass } from "../model/populations.ts";
import type { BlockFileReader } from "./block-file.ts";
import { packColumns, unpackColumns } from "./columns.ts";
import { DamagedFileError } from "./errors.ts";

/** Cells in two groups that fire at different rates; a group's cells keep to its range of ranks. */
export interface CellOrder {
  /** Cell per rank. */
  readonly cells: Uint32Array;
  /** First rank of the group that a rank belongs to. */
  readonly groupStart: Uint32Array;
}

/** Inhibitory cells, which fire most, and then excitatory ones, each in ascending order. */
export function cellOrder(
  populations: readonly { readonly cellClass: CellClass; readonly cellCount: number }[],
): CellOrder {
  const classes = populations.flatMap(({ cellClass, cellCount }) =>
    new Array<CellClass>(cellCount).fill(cellClass),
  );
  const all = classes.map((_, cell) => cell);
  const inhibitory = all.filter((cell) => classes[cell] !== "E");
  const excitatory = all.filter((cell) => classes[cell] === "E");
  return {
    cells: Uint32Array.from([...inhibitory, ...excitatory]),
    groupStart: Uint32Array.from(all, (rank) => (rank < inhibitory.length ? 0 : inhibitory.length)),
  };
}

export function encodeCellOrder({ cells, groupStart }: CellOrder): Uint8Array {
  return packColumns([cells, groupStart]);
}

/**
 * The order of a file of spikes: its first block.
 *
 * @throws {DamagedFileError} when it has none
 */
export function readCellOrder(file: BlockFileReader): CellOrder {
  const [block] = file.blocks;
  if (!block) throw file.damage ?? new DamagedFileError(file.path, 0, "it holds no cell order");
  const payload = file.payload(block, "cell order");
  const [cells, groupStart] = unpackColumns(payload, block.count, ["I", "I"]);
  return { cells, groupStart };
}

/** Bits of a rank beyond 254, written after the byte 255. */
export function escapeWidth(cellCount: number): number {
  return cellCount > 256 ? 32 - Math.clz32(cellCount - 256) : 0;
}

/**
 * Names cells by how recently they fired: each firing moves a cell to the front of its group.
 *
 * Cells fire in bursts, so that recent ones are likelier to fire: their ranks pack tighter than
 * their indices.
 */
export class RecencyRanks {
  readonly #order: CellOrder;
  /** Cell per rank, now. */
  readonly #cells: Uint32Array;
  readonly #startOfCell: Uint32Array;

  constructor(order: CellOrder) {
    this.#order = order;
    this.#cells = order.cells.slice();
    this.#startOfCell = new Uint32Array(order.cells.length);
    order.cells.forEach((cell, rank) => {
      this.#startOfCell[cell] = order.groupStart[rank]!;
    });
  }

  /** Back to the order of before any firing. */
  reset(): void {
    this.#cells.set(this.#order.cells);
  }

  /** The rank of a cell of the order, which then fires. */
  rankOf(cell: number): number {
    const cells = this.#cells;
    let rank = this.#startOfCell[cell]!;
    // One walk finds the cell and moves those before it back.
    for (let moving = cell; ; rank++) {
      const found = cells[rank]!;
      cells[rank] = moving;
      if (found === cell) return rank;
      moving = found;
    }
  }

  /** The cell of a rank, which then fires. */
  cellAt(rank: number): number {
    const cells = this.#cells;
    const start = this.#order.groupStart[rank]!;
    const cell = cells[rank]!;
    cells.copyWithin(start + 1, start, rank);
    cells[start] = cell;
    return cell;
  }
}
