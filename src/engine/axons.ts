import { CHAINS, NOW } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";

/**
 * The axonal chains under way, as a binary heap by next callback.
 *
 * A spike starts a chain over its cell's synapses by ascending delay; the chain stands in the heap
 * with its next callback's time and synapse. Chains with callbacks at the same time are served in
 * the order of the spikes that started them.
 */

/** Starts the chain of a spike of `cell` now; `order` numbers the spikes. */
export function startChain(memory: EngineMemory, cell: number, order: number): void {
  const synapse = memory.firstSynapse[cell]!;
  if (synapse === memory.firstSynapse[cell + 1]) return;
  const place = memory.control[CHAINS]!++;
  siftUp(memory, place, memory.work[NOW]! + memory.delayMs[synapse]!, order, synapse, cell);
}

/** Moves the first chain on to its callback for `synapse`, `laterMs` from now. */
export function continueFirstChain(memory: EngineMemory, synapse: number, laterMs: number): void {
  siftDown(
    memory,
    memory.work[NOW]! + laterMs,
    memory.chainOrder[0]!,
    synapse,
    memory.chainCell[0]!,
  );
}

/** Takes the first chain, which has ended, out of the heap. */
export function endFirstChain(memory: EngineMemory): void {
  const { chainTimeMs, chainOrder, chainSynapse, chainCell, control } = memory;
  const last = --control[CHAINS]!;
  if (last === 0) return;
  siftDown(memory, chainTimeMs[last]!, chainOrder[last]!, chainSynapse[last]!, chainCell[last]!);
}

/** Stops the chains of dead cells. */
export function endChainsOfDeadCells(memory: EngineMemory): void {
  const { chainTimeMs, chainOrder, chainSynapse, chainCell, control, alive } = memory;
  const count = control[CHAINS]!;
  control[CHAINS] = 0;
  for (let k = 0; k < count; k++) {
    const cell = chainCell[k]!;
    if (!alive[cell]) continue;
    // Kept chains move towards the front: the place filled is never beyond the one read.
    const place = control[CHAINS]!++;
    siftUp(memory, place, chainTimeMs[k]!, chainOrder[k]!, chainSynapse[k]!, cell);
  }
}

function siftUp(
  memory: EngineMemory,
  from: number,
  timeMs: number,
  order: number,
  synapse: number,
  cell: number,
): void {
  const { chainTimeMs, chainOrder } = memory;
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(timeMs, order, chainTimeMs[parent]!, chainOrder[parent]!)) break;
    move(memory, parent, place);
    place = parent;
  }
  put(memory, place, timeMs, order, synapse, cell);
}

function siftDown(
  memory: EngineMemory,
  timeMs: number,
  order: number,
  synapse: number,
  cell: number,
): void {
  const { chainTimeMs, chainOrder } = memory;
  const count = memory.control[CHAINS]!;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= count) break;
    const right = child + 1;
    if (
      right < count &&
      isBefore(chainTimeMs[right]!, chainOrder[right]!, chainTimeMs[child]!, chainOrder[child]!)
    ) {
      child = right;
    }
    if (!isBefore(chainTimeMs[child]!, chainOrder[child]!, timeMs, order)) break;
    move(memory, child, place);
    place = child;
  }
  put(memory, place, timeMs, order, synapse, cell);
}

function isBefore(timeA: number, orderA: number, timeB: number, orderB: number): boolean {
  return timeA < timeB || (timeA === timeB && orderA < orderB);
}

function move(memory: EngineMemory, from: number, to: number): void {
  memory.chainTimeMs[to] = memory.chainTimeMs[from]!;
  memory.chainOrder[to] = memory.chainOrder[from]!;
  memory.chainSynapse[to] = memory.chainSynapse[from]!;
  memory.chainCell[to] = memory.chainCell[from]!;
}

function put(
  memory: EngineMemory,
  place: number,
  timeMs: number,
  order: number,
  synapse: number,
  cell: number,
): void {
  memory.chainTimeMs[place] = timeMs;
  memory.chainOrder[place] = order;
  memory.chainSynapse[place] = synapse;
  memory.chainCell[place] = cell;
}
