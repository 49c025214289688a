import { LAST_EVENT, RECORD } from "./cell-record.ts";
import { CALLBACK, CHAINS, SCALING_ON } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { PendingEvents } from "./pending.ts";

/*
 * The axonal chains under way, in the order of the spikes that started them.
 *
 * A spike starts a chain over its cell's synapses by ascending delay; a chain is kept with its next
 * callback's time and synapse. Chains with callbacks at the same time are served in their order.
 */

/** Synapses whose delays differ by no more than this are served by one callback, ms. */
const SIMULTANEOUS_MS = 1e-5;

/** Starts the chain of a spike of `sender` at `timeMs`; `order` numbers the spikes. */
export function startChain(
  memory: EngineMemory,
  sender: number,
  order: number,
  timeMs: number,
): void {
  const synapse = memory.firstSynapse[sender]!;
  if (synapse === memory.firstSynapse[sender + 1]) return;
  const place = memory.control[CHAINS]!++;
  memory.chainTimeMs[place] = timeMs + memory.delayMs[synapse]!;
  memory.chainOrder[place] = order;
  memory.chainSynapse[place] = synapse;
  memory.chainCell[place] = sender;
}

/** Lets the callbacks of all chains before `untilMs`, and what they deliver, wait at their cells. */
export function callBack(memory: EngineMemory, pending: PendingEvents, untilMs: number): void {
  const { chainTimeMs, chainSynapse, chainCell, firstSynapse, control } = memory;
  const count = control[CHAINS]!;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    if (chainTimeMs[k]! < untilMs) follow(memory, pending, k, untilMs);
    if (chainSynapse[k] !== firstSynapse[chainCell[k]! + 1]) moveChain(memory, k, kept++);
  }
  control[CHAINS] = kept;
}

/** Follows one chain up to `untilMs`. */
function follow(memory: EngineMemory, pending: PendingEvents, k: number, untilMs: number): void {
  const { chainTimeMs, chainSynapse, firstSynapse, postsynaptic, delayMs, alive, served } = memory;
  const sender = memory.chainCell[k]!;
  const order = memory.chainOrder[k]!;
  const end = firstSynapse[sender + 1]!;
  // Unless it scales, a sender only notes when its last event was.
  const sensing = memory.control[SCALING_ON] === 1 && memory.scaled[sender] === 1;
  let synapse = chainSynapse[k]!;
  let timeMs = chainTimeMs[k]!;
  let lastMs = timeMs;
  while (synapse < end && timeMs < untilMs) {
    if (sensing && served[sender]) pending.add(sender, timeMs, order, CALLBACK);
    lastMs = timeMs;
    const firstMs = delayMs[synapse]!;
    do {
      const target = postsynaptic[synapse]!;
      if (alive[target] && served[target]) pending.add(target, timeMs, order, synapse);
      synapse++;
    } while (synapse < end && delayMs[synapse]! - firstMs <= SIMULTANEOUS_MS);
    while (synapse < end && !alive[postsynaptic[synapse]!]) synapse++;
    if (synapse < end) timeMs += delayMs[synapse]! - firstMs;
  }
  chainSynapse[k] = synapse;
  chainTimeMs[k] = timeMs;
  const place = RECORD * sender + LAST_EVENT;
  if (!sensing) memory.cell[place] = Math.max(memory.cell[place]!, lastMs);
}

/** Stops the chains of dead cells. */
export function endChainsOfDeadCells(memory: EngineMemory): void {
  const { chainCell, control, alive } = memory;
  const count = control[CHAINS]!;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    if (alive[chainCell[k]!]) moveChain(memory, k, kept++);
  }
  control[CHAINS] = kept;
}

/** Clears what ended chains left behind, so that equal states are equal bytes. */
export function clearEndedChains(memory: EngineMemory): void {
  const { chainTimeMs, chainOrder, chainSynapse, chainCell, control } = memory;
  for (const array of [chainTimeMs, chainOrder, chainSynapse, chainCell]) {
    array.fill(0, control[CHAINS]);
  }
}

function moveChain(memory: EngineMemory, from: number, to: number): void {
  memory.chainTimeMs[to] = memory.chainTimeMs[from]!;
  memory.chainOrder[to] = memory.chainOrder[from]!;
  memory.chainSynapse[to] = memory.chainSynapse[from]!;
  memory.chainCell[to] = memory.chainCell[from]!;
}
