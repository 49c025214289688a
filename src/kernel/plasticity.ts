import type { f64, i32 } from "../rules/prelude.ts";
import { depressed, depresses, learns, potentiated, potentiates } from "../rules/stdp.ts";
import { NONE } from "./control.ts";
import { depressionFactor, noteDetectedSpike } from "./intrinsic-rules.ts";
import {
  depressionRules,
  excitatory,
  f64At,
  firstIncoming,
  firstSynapse,
  i32At,
  incomingCell,
  incomingSynapse,
  incrementEE,
  incrementEI,
  isForeign,
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
} from "./memory.ts";

/** STDP at a spike of a cell: its inputs first, then its outputs. */
export function learnFromSpike(cell: i32, now: f64): void {
  changeGains(cell, now);
  if (depressionRules !== 0) noteDetectedSpike(cell, now);
}

function changeGains(cell: i32, now: f64): void {
  if (!learns(now, plasticityStartMs, plasticityEndMs)) return;
  const excites = u8At(excitatory, cell) === 1;
  const increment = excites ? incrementEE : incrementEI;
  const maximum = excites ? maximumEE : maximumEI;
  if (increment > 0 && serves(cell)) potentiateIncoming(cell, now, increment, maximum);
  if (excites && !isForeign(cell)) depressOutgoing(cell, now);
}

function potentiateIncoming(cell: i32, now: f64, increment: f64, maximum: f64): void {
  const end = i32At(firstIncoming, cell + 1);
  for (let k = i32At(firstIncoming, cell); k < end; k++) {
    const sinceMs = now - f64At(lastSpikeMs, i32At(incomingCell, k));
    if (!potentiates(sinceMs)) continue;
    const synapse = i32At(incomingSynapse, k);
    const gain = f64At(plasticGain, synapse);
    setF64(plasticGain, synapse, potentiated(gain, sinceMs, increment, maximum));
  }
}

function depressOutgoing(cell: i32, now: f64): void {
  const end = i32At(firstSynapse, cell + 1);
  for (let synapse = i32At(firstSynapse, cell); synapse < end; synapse++) {
    const target = i32At(postsynaptic, synapse);
    if (!serves(target)) continue;
    const excites = u8At(excitatory, target) === 1;
    const increment = excites ? incrementEE : incrementEI;
    const sinceMs = now - f64At(lastSpikeMs, target);
    if (increment === 0 || !depresses(sinceMs)) continue;
    const gain = f64At(plasticGain, synapse);
    const maximum = excites ? maximumEE : maximumEI;
    const factor = depressionRules === 0 ? 1 : depressionFactor(target, now);
    setF64(plasticGain, synapse, depressed(gain, sinceMs, increment * factor, maximum));
  }
}

/**
 * The plastic gain that an arrival from an E cell finds: with the steps of its target's spikes
 * earlier in the present window, which are not settled yet. The sender has not fired meanwhile
 * (see `mustKeepOrder` in exports.ts), so that nothing else can have changed it.
 * @inline
 */
export function gainOnArrival(synapse: i32, target: i32): f64 {
  const spike = i32At(latestSpike, target);
  const gain = f64At(plasticGain, synapse);
  return spike === NONE ? gain : gainAfter(spike, gain, synapse, target);
}

/** The gain after a spike of the synapse's target and those before it in the window. */
function gainAfter(spike: i32, gainBefore: f64, synapse: i32, target: i32): f64 {
  const earlier = i32At(spikeBefore, spike);
  const gain = earlier === NONE ? gainBefore : gainAfter(earlier, gainBefore, synapse, target);
  const now = f64At(spikeMs, spike);
  if (!learns(now, plasticityStartMs, plasticityEndMs)) return gain;
  const excites = u8At(excitatory, target) === 1;
  const increment = excites ? incrementEE : incrementEI;
  const sinceMs = now - f64At(lastSpikeMs, i32At(presynaptic, synapse));
  if (!(increment > 0) || !potentiates(sinceMs)) return gain;
  return potentiated(gain, sinceMs, increment, excites ? maximumEE : maximumEI);
}
