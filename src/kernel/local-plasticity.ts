import { gainAfterArrival, gainAfterSpike } from "../rules/calls.ts";
import type { f64, i32 } from "../rules/prelude.ts";
import { learns } from "../rules/stdp.ts";
import {
  arrivalMs,
  arrivalTrace,
  f64At,
  firstGoverned,
  governedSynapse,
  governingRule,
  i32At,
  plasticGain,
  plasticityEndMs,
  plasticityRules,
  plasticityStartMs,
  ruleCount,
  ruleParameters,
  setF64,
  spikeTrace,
  spikeTraceMs,
  traceTimeConstantMs,
  u8At,
} from "./memory.ts";
import { exponential } from "./numeric.ts";

/*
 * Plasticity rules that are local to the synapse (model/rules.ts). All they see happens at the
 * postsynaptic cell, in its own order of time, so that they act at once, wherever it is served.
 */

const ARRIVALS: i32 = 0;
const SPIKES: i32 = 1;
const SLOW: i32 = 2;

/** Decayed value of a trace. @inline */
function decayedTrace(trace: f64, elapsedMs: f64, rule: i32, kind: i32): f64 {
  const timeConstantMs = f64At(traceTimeConstantMs, 3 * (rule - 1) + kind);
  return trace * exponential(-(elapsedMs / timeConstantMs));
}

/** Place of a cell's trace of spikes; the slow one follows. @inline */
function spikeTracePlace(cell: i32, rule: i32): i32 {
  return 2 * (ruleCount * cell + rule - 1);
}

/** Lets the rule of a synapse, if it has one, see that a spike has arrived now. */
export function noteArrival(synapse: i32, cell: i32, now: f64): void {
  const rule = u8At(governingRule, synapse);
  if (rule === 0) return;
  if (learns(now, plasticityStartMs, plasticityEndMs)) {
    const place = spikeTracePlace(cell, rule);
    const sinceMs = now - f64At(spikeTraceMs, cell);
    const spikes = decayedTrace(f64At(spikeTrace, place), sinceMs, rule, SPIKES);
    const slow = decayedTrace(f64At(spikeTrace, place + 1), sinceMs, rule, SLOW);
    const gain = f64At(plasticGain, synapse);
    setF64(plasticGain, synapse, gainAfterArrival(rule, gain, spikes, slow, ruleParameters));
  }
  const elapsedMs = now - f64At(arrivalMs, synapse);
  const arrivals = decayedTrace(f64At(arrivalTrace, synapse), elapsedMs, rule, ARRIVALS);
  setF64(arrivalTrace, synapse, arrivals + 1);
  setF64(arrivalMs, synapse, now);
}

/** Lets the rules of a cell's synapses see that it fires now. */
export function noteOwnSpike(cell: i32, now: f64): void {
  const sinceMs = now - f64At(spikeTraceMs, cell);
  if (learns(now, plasticityStartMs, plasticityEndMs)) {
    const end = i32At(firstGoverned, cell + 1);
    for (let k = i32At(firstGoverned, cell); k < end; k++) {
      changeGain(i32At(governedSynapse, k), cell, now, sinceMs);
    }
  }
  for (let rule = 1; rule <= ruleCount; rule++) {
    if ((plasticityRules & (1 << rule)) === 0) continue;
    const place = spikeTracePlace(cell, rule);
    const spikes = decayedTrace(f64At(spikeTrace, place), sinceMs, rule, SPIKES);
    const slow = decayedTrace(f64At(spikeTrace, place + 1), sinceMs, rule, SLOW);
    setF64(spikeTrace, place, spikes + 1);
    setF64(spikeTrace, place + 1, slow + 1);
  }
  setF64(spikeTraceMs, cell, now);
}

function changeGain(synapse: i32, cell: i32, now: f64, sinceMs: f64): void {
  const rule = u8At(governingRule, synapse);
  const elapsedMs = now - f64At(arrivalMs, synapse);
  const arrivals = decayedTrace(f64At(arrivalTrace, synapse), elapsedMs, rule, ARRIVALS);
  const slowBefore = f64At(spikeTrace, spikeTracePlace(cell, rule) + 1);
  const slow = decayedTrace(slowBefore, sinceMs, rule, SLOW);
  const gain = f64At(plasticGain, synapse);
  setF64(plasticGain, synapse, gainAfterSpike(rule, gain, arrivals, slow, ruleParameters));
}
