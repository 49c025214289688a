import { type bool, f64, i32, load, store, usize } from "../rules/prelude.ts";
import { LAST_EVENT, RECORD } from "./cell-record.ts";
import { CALLBACK, CHAINS, SCALING_ON } from "./control.ts";
import {
  active,
  cell,
  chainCell,
  chainOrder,
  chainSynapse,
  chainTimeMs,
  control,
  delayMs,
  excitatory,
  f64At,
  fastWeightMv,
  firstSynapse,
  i32At,
  isForeign,
  plasticGain,
  postsynaptic,
  scaled,
  serves,
  setF64,
  setI32,
  slowWeightMv,
  u8At,
  wholeColumns,
} from "./memory.ts";
import { enqueue } from "./pending.ts";

/** Synapses whose delays differ by no more than this are served by one callback. */
export const SIMULTANEOUS_MS: f64 = 1e-5;

/** @inline */
export function chainCount(): i32 {
  return i32(load<f64>(control, CHAINS * 8));
}

/** @inline */
export function setChainCount(count: i32): void {
  store<f64>(control, f64(count), CHAINS * 8);
}

/**
 * Starts the chain of a spike of `sender` now; `order` numbers the spikes. That of a cell that died
 * in this window ends with the window, before it could deliver anything.
 */
export function startChain(sender: i32, order: f64, now: f64): void {
  const synapse = i32At(firstSynapse, sender);
  if (synapse === i32At(firstSynapse, sender + 1)) return;
  const place = chainCount();
  setChainCount(place + 1);
  setF64(chainTimeMs, place, now + f64At(delayMs, synapse));
  setF64(chainOrder, place, order);
  setI32(chainSynapse, place, synapse);
  setI32(chainCell, place, sender);
}

/**
 * Lets the callbacks of all chains before `untilMs`, and what they deliver, wait at their cells.
 *
 * Unless it scales, a sender only notes when its last event was.
 */
export function callBack(untilMs: f64): void {
  follow(untilMs, false);
}

/** Brings chains in columns that other engines serve up to a time, so that equal states are equal bytes. */
export function followForeign(untilMs: f64): void {
  if (wholeColumns !== 0) follow(untilMs, true);
}

/** Longer than rounding can delay a callback, ms. */
const MARGIN_MS: f64 = 1e-3;

/** Brings the weight of a synapse into the cache before it is delivered. @inline */
function fetchWeight(synapse: i32, excites: bool): void {
  f64At(fastWeightMv, synapse);
  if (!excites) return;
  f64At(slowWeightMv, synapse);
  f64At(plasticGain, synapse);
}

/** Follows all chains; those that deliver nothing here only at the end, unless `foreign`. */
function follow(untilMs: f64, foreign: bool): void {
  const count = chainCount();
  const scaling = load<f64>(control, SCALING_ON * 8) !== 0;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const sender = i32At(chainCell, k);
    const order = f64At(chainOrder, k);
    const end = i32At(firstSynapse, sender + 1);
    const scales = scaling && u8At(scaled, sender) === 1;
    const excites = u8At(excitatory, sender) !== 0;
    const sensing = scales && serves(sender);
    let synapse = i32At(chainSynapse, k);
    let timeMs = f64At(chainTimeMs, k);
    let lastMs: f64 = 0;
    const passesBy = !foreign && isForeign(sender);
    if (passesBy) {
      const restMs = f64At(delayMs, end - 1) - f64At(delayMs, synapse);
      if (timeMs + restMs + MARGIN_MS < untilMs) synapse = end;
    }
    while (!passesBy && synapse < end && timeMs < untilMs) {
      if (sensing) enqueue(sender, timeMs, order, CALLBACK);
      lastMs = timeMs;
      const firstMs = f64At(delayMs, synapse);
      do {
        const target = i32At(postsynaptic, synapse);
        if (u8At(active, target) !== 0 && serves(target)) {
          fetchWeight(synapse, excites);
          enqueue(target, timeMs, order, synapse);
        }
        synapse++;
      } while (synapse < end && f64At(delayMs, synapse) - firstMs <= SIMULTANEOUS_MS);
      while (synapse < end && !u8At(active, i32At(postsynaptic, synapse))) synapse++;
      if (synapse < end) timeMs += f64At(delayMs, synapse) - firstMs;
    }
    if (lastMs > 0 && !scales) {
      const record = cell + usize(sender) * (RECORD * 8);
      if (lastMs > load<f64>(record, LAST_EVENT * 8)) store<f64>(record, lastMs, LAST_EVENT * 8);
    }
    if (synapse === end) continue;
    setF64(chainTimeMs, kept, timeMs);
    setF64(chainOrder, kept, order);
    setI32(chainSynapse, kept, synapse);
    setI32(chainCell, kept, sender);
    kept++;
  }
  setChainCount(kept);
}
