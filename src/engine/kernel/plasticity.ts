import { NONE } from "../control";
import {
  excitatory,
  f64At,
  firstIncoming,
  firstSynapse,
  i32At,
  incomingCell,
  incomingSynapse,
  incrementEE,
  incrementEI,
  lastSpikeMs,
  latestSpike,
  maximumEE,
  maximumEI,
  plasticGain,
  plasticityEndMs,
  plasticityStartMs,
  postsynaptic,
  presynaptic,
  serves,
  setF64,
  spikeBefore,
  spikeMs,
  u8At,
} from "./memory";
import { exponential } from "./numeric";

const WINDOW_MS: f64 = 120;
const TIME_CONSTANT_MS: f64 = 20;

/** See `learnFromSpike`. */
export function learnFromSpike(cell: i32, now: f64): void {
  if (now < plasticityStartMs || now > plasticityEndMs) return;
  const excites = u8At(excitatory, cell) == 1;
  const increment = excites ? incrementEE : incrementEI;
  const maximum = excites ? maximumEE : maximumEI;
  if (increment > 0 && serves(cell)) potentiateIncoming(cell, now, increment, maximum);
  if (excites) depressOutgoing(cell, now);
}

function potentiateIncoming(cell: i32, now: f64, increment: f64, maximum: f64): void {
  const end = i32At(firstIncoming, cell + 1);
  for (let k = i32At(firstIncoming, cell); k < end; k++) {
    const sinceMs = now - f64At(lastSpikeMs, i32At(incomingCell, k));
    if (sinceMs > WINDOW_MS) continue;
    const synapse = i32At(incomingSynapse, k);
    setF64(plasticGain, synapse, potentiated(f64At(plasticGain, synapse), sinceMs, increment, maximum));
  }
}

// @ts-ignore: decorator
@inline
function potentiated(gain: f64, sinceMs: f64, increment: f64, maximum: f64): f64 {
  const step = increment * (1 - gain / maximum) * exponential(-(sinceMs / TIME_CONSTANT_MS));
  return max(gain + step, 0);
}

function depressOutgoing(cell: i32, now: f64): void {
  const end = i32At(firstSynapse, cell + 1);
  for (let synapse = i32At(firstSynapse, cell); synapse < end; synapse++) {
    const target = i32At(postsynaptic, synapse);
    if (!serves(target)) continue;
    const excites = u8At(excitatory, target) == 1;
    const increment = excites ? incrementEE : incrementEI;
    const sinceMs = now - f64At(lastSpikeMs, target);
    if (increment == 0 || sinceMs >= WINDOW_MS) continue;
    const gain = f64At(plasticGain, synapse);
    const maximum = excites ? maximumEE : maximumEI;
    const step = increment * (gain / maximum) * exponential(-(sinceMs / TIME_CONSTANT_MS));
    setF64(plasticGain, synapse, max(gain - step, 0));
  }
}

/** See `gainOnArrival`. */
// @ts-ignore: decorator
@inline
export function gainOnArrival(synapse: i32, target: i32): f64 {
  const spike = i32At(latestSpike, target);
  const gain = f64At(plasticGain, synapse);
  return spike == NONE ? gain : gainAfter(spike, gain, synapse, target);
}

function gainAfter(spike: i32, gainBefore: f64, synapse: i32, target: i32): f64 {
  const earlier = i32At(spikeBefore, spike);
  const gain = earlier == NONE ? gainBefore : gainAfter(earlier, gainBefore, synapse, target);
  const now = f64At(spikeMs, spike);
  if (now < plasticityStartMs || now > plasticityEndMs) return gain;
  const excites = u8At(excitatory, target) == 1;
  const increment = excites ? incrementEE : incrementEI;
  const sinceMs = now - f64At(lastSpikeMs, i32At(presynaptic, synapse));
  if (!(increment > 0) || sinceMs > WINDOW_MS) return gain;
  return potentiated(gain, sinceMs, increment, excites ? maximumEE : maximumEI);
}
