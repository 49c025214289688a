import type { bool, f64, i32 } from "../rules/prelude.ts";
import { senseArrival } from "./arrival-homeostasis.ts";
import { chainCount, SIMULTANEOUS_MS, setChainCount } from "./axons.ts";
import { receiveArrival } from "./cell-events.ts";
import {
  active,
  chainCell,
  chainHeap,
  chainOrder,
  chainSynapse,
  chainTimeMs,
  delayMs,
  f64At,
  firstSynapse,
  i32At,
  postsynaptic,
  serves,
  setF64,
  setI32,
  u8At,
} from "./memory.ts";
import { enqueueArrival, inOrder } from "./pending.ts";
import { noteQuiet } from "./quiet-times.ts";
import { hasSpikes, settleSpikes } from "./spikes.ts";

/*
 * Callbacks in the order of time of all chains, where a cell can die at an arrival: what its chains
 * deliver, and what is delivered to it, ends at once. Chains that have callbacks before a time
 * wait in a heap, in which none precedes its parent.
 */

let count: i32 = 0;
let endMs: f64 = 0;

/** Lets the chains that have callbacks before `untilMs` wait for these. */
export function openChains(untilMs: f64): void {
  count = 0;
  endMs = untilMs;
  const chains = chainCount();
  for (let chain = 0; chain < chains; chain++) {
    if (f64At(chainTimeMs, chain) < untilMs) rise(chain);
  }
}

/** Time of the next callback; Infinity if there is none. */
export function nextCallbackMs(): f64 {
  return count > 0 ? f64At(chainTimeMs, i32At(chainHeap, 0)) : Infinity;
}

/** Serves the next callback: delivers what is its, and finds the chain's next one. */
export function callBackNext(): void {
  const chain = i32At(chainHeap, 0);
  if (u8At(active, i32At(chainCell, chain)) !== 0 && goOn(chain)) sink(chain);
  else if (--count > 0) sink(i32At(chainHeap, count));
}

/** Serves a chain's callback; whether another one comes in time. */
function goOn(chain: i32): bool {
  const now = f64At(chainTimeMs, chain);
  const order = f64At(chainOrder, chain);
  const end = i32At(firstSynapse, i32At(chainCell, chain) + 1);
  let synapse = i32At(chainSynapse, chain);
  const firstMs = f64At(delayMs, synapse);
  do {
    const target = i32At(postsynaptic, synapse);
    if (u8At(active, target) !== 0) arrive(target, synapse, now, order);
    synapse++;
  } while (synapse < end && f64At(delayMs, synapse) - firstMs <= SIMULTANEOUS_MS);
  while (synapse < end && !u8At(active, i32At(postsynaptic, synapse))) synapse++;
  setI32(chainSynapse, chain, synapse);
  if (synapse === end) return false;
  const nextMs = now + (f64At(delayMs, synapse) - firstMs);
  setF64(chainTimeMs, chain, nextMs);
  return nextMs < endMs;
}

/** An arrival is sensed now; the membrane receives it now, or when the cell is served. */
function arrive(target: i32, synapse: i32, now: f64, order: f64): void {
  const fastMv = senseArrival(target, synapse, now);
  if (inOrder) {
    receiveArrival(target, synapse, fastMv, now, order);
    noteQuiet(target);
    if (hasSpikes()) settleSpikes();
  } else if (serves(target)) {
    enqueueArrival(target, now, order, synapse, fastMv);
  }
}

/** Keeps the chains that have anything left to deliver. */
export function closeChains(): void {
  const chains = chainCount();
  let kept = 0;
  for (let chain = 0; chain < chains; chain++) {
    const sender = i32At(chainCell, chain);
    const synapse = i32At(chainSynapse, chain);
    if (synapse === i32At(firstSynapse, sender + 1) || !u8At(active, sender)) continue;
    setF64(chainTimeMs, kept, f64At(chainTimeMs, chain));
    setF64(chainOrder, kept, f64At(chainOrder, chain));
    setI32(chainSynapse, kept, synapse);
    setI32(chainCell, kept, sender);
    kept++;
  }
  setChainCount(kept);
}

function precedes(a: i32, b: i32): bool {
  const timeA = f64At(chainTimeMs, a);
  const timeB = f64At(chainTimeMs, b);
  return timeA !== timeB ? timeA < timeB : f64At(chainOrder, a) < f64At(chainOrder, b);
}

/** Adds a chain to the heap. */
function rise(chain: i32): void {
  let place = count++;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!precedes(chain, i32At(chainHeap, parent))) break;
    setI32(chainHeap, place, i32At(chainHeap, parent));
    place = parent;
  }
  setI32(chainHeap, place, chain);
}

/** Puts a chain in the place of the first one, or below those that precede it. */
function sink(chain: i32): void {
  let place = 0;
  for (let child = 1; child < count; child = 2 * place + 1) {
    if (child + 1 < count && precedes(i32At(chainHeap, child + 1), i32At(chainHeap, child)))
      child++;
    if (precedes(chain, i32At(chainHeap, child))) break;
    setI32(chainHeap, place, i32At(chainHeap, child));
    place = child;
  }
  setI32(chainHeap, place, chain);
}
