import { type bool, f64, i32, load, store } from "../rules/prelude.ts";
import { startChain } from "./axons.ts";
import { EXTERNAL, LAST_EXTERNAL, NONE, OUTPUT_COUNT, SPIKES, STREAMS_FIRST } from "./control.ts";
import { depart } from "./departures.ts";
import {
  columnSynapses,
  control,
  f64At,
  i32At,
  lastSpikeMs,
  latestSpike,
  outputCell,
  outputTimeMs,
  parts,
  setF64,
  setI32,
  spikeBefore,
  spikeCell,
  spikeMs,
  spikeOrder,
  spikeRank,
  spikeWhat,
  streamNumber,
  work,
} from "./memory.ts";
import { learnFromSpike } from "./plasticity.ts";

let count: i32 = 0;

/** Notes a spike of a cell; `order` and `what` are those of the event that caused it. */
export function noteSpike(cell: i32, timeMs: f64, order: f64, what: i32): void {
  const spike = count++;
  setF64(spikeMs, spike, timeMs);
  setF64(spikeOrder, spike, order);
  setI32(spikeWhat, spike, what);
  setI32(spikeCell, spike, cell);
  setI32(spikeBefore, spike, i32At(latestSpike, cell));
  setI32(latestSpike, cell, spike);
}

/** @inline */
export function hasSpikes(): bool {
  return count > 0;
}

/** Exchange of spikes between engines; see part.ts. */
declare function exchange(count: i32): i32;

/** Takes the window's spikes of the other parts of the network, if there are any. */
export function exchangeSpikes(): void {
  if (parts > 1) count = exchange(count);
}

/**
 * Settles all spikes of the window that are known: they are put in order of time, handed out,
 * learnt from, and sent on their way; what follows from each sees those before it.
 */
export function settleSpikes(): void {
  for (let k = 0; k < count; k++) {
    setI32(spikeRank, k, k);
    setI32(latestSpike, i32At(spikeCell, k), NONE);
  }
  sortSpikes();
  let place = i32(load<f64>(work, OUTPUT_COUNT * 8));
  let order = load<f64>(control, SPIKES * 8);
  for (let k = 0; k < count; k++) {
    const spike = i32At(spikeRank, k);
    const timeMs = f64At(spikeMs, spike);
    const cell = i32At(spikeCell, spike);
    setF64(outputTimeMs, place, timeMs);
    setI32(outputCell, place, cell);
    place++;
    setF64(lastSpikeMs, cell, timeMs);
    learnFromSpike(cell, timeMs);
    startChain(cell, order, timeMs);
    if (columnSynapses > 0) depart(cell, order, timeMs);
    order += 1;
  }
  store<f64>(work, f64(place), OUTPUT_COUNT * 8);
  store<f64>(control, order, SPIKES * 8);
  count = 0;
}

/** Shell's sort, with Hibbard's gaps, 2ᵏ − 1: few spikes mostly, some thousands at times. */
function sortSpikes(): void {
  let gap = 1;
  while (gap < count / 2) gap = 2 * gap + 1;
  for (; gap > 0; gap >>= 1) {
    for (let k = gap; k < count; k++) {
      const spike = i32At(spikeRank, k);
      let place = k;
      while (place >= gap && isBefore(spike, i32At(spikeRank, place - gap))) {
        setI32(spikeRank, place, i32At(spikeRank, place - gap));
        place -= gap;
      }
      setI32(spikeRank, place, spike);
    }
  }
}

function isBefore(a: i32, b: i32): bool {
  const timeA = f64At(spikeMs, a);
  const timeB = f64At(spikeMs, b);
  if (timeA !== timeB) return timeA < timeB;
  const orderA = tieOrder(a);
  const orderB = tieOrder(b);
  return orderA !== orderB ? orderA < orderB : i32At(spikeWhat, a) < i32At(spikeWhat, b);
}

/** Of an external input, the number of its stream. */
function tieOrder(spike: i32): f64 {
  const what = i32At(spikeWhat, spike);
  return what > EXTERNAL || what < LAST_EXTERNAL
    ? f64At(spikeOrder, spike)
    : streamOrder((i32At(spikeCell, spike) << 2) + EXTERNAL - what);
}

export function streamOrder(target: i32): f64 {
  return f64(i32At(streamNumber, target)) - f64(STREAMS_FIRST);
}
