import { exponential } from "../numeric/exponential.ts";
import { NONE } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { EngineSettings } from "./settings.ts";

/** Pairs of spikes farther apart do not change a gain, ms. */
const WINDOW_MS = 120;

/** Time constant of STDP, ms. */
const TIME_CONSTANT_MS = 20;

/**
 * STDP at a spike of `cell` at `timeMs` (additive steps with soft bounds).
 *
 * Synapses onto the cell from E cells that fired d before grow: g += inc·(1 − g/max)·exp(−d/20);
 * then an E cell's own synapses onto cells that fired d before shrink:
 * g −= inc·(g/max)·exp(−d/20). Delays are ignored; gains stay at or above 0.
 */
export function learnFromSpike(
  memory: EngineMemory,
  settings: EngineSettings,
  cell: number,
  timeMs: number,
): void {
  if (timeMs < settings.plasticityStartMs || timeMs > settings.plasticityEndMs) return;
  const excitatory = memory.excitatory[cell] === 1;
  const increment = excitatory ? settings.incrementEE : settings.incrementEI;
  const maximum = excitatory ? settings.maximumEE : settings.maximumEI;
  if (increment > 0 && memory.served[cell])
    potentiateIncoming(memory, cell, timeMs, increment, maximum);
  if (excitatory) depressOutgoing(memory, settings, cell, timeMs);
}

function potentiateIncoming(
  { firstIncoming, incomingCell, incomingSynapse, lastSpikeMs, plasticGain }: EngineMemory,
  cell: number,
  timeMs: number,
  increment: number,
  maximum: number,
): void {
  const end = firstIncoming[cell + 1]!;
  for (let k = firstIncoming[cell]!; k < end; k++) {
    const sinceMs = timeMs - lastSpikeMs[incomingCell[k]!]!;
    if (sinceMs > WINDOW_MS) continue;
    const synapse = incomingSynapse[k]!;
    plasticGain[synapse] = potentiated(plasticGain[synapse]!, sinceMs, increment, maximum);
  }
}

function potentiated(gain: number, sinceMs: number, increment: number, maximum: number): number {
  const step = increment * (1 - gain / maximum) * exponential(-(sinceMs / TIME_CONSTANT_MS));
  return Math.max(gain + step, 0);
}

function depressOutgoing(
  memory: EngineMemory,
  { incrementEE, incrementEI, maximumEE, maximumEI }: EngineSettings,
  cell: number,
  timeMs: number,
): void {
  const { firstSynapse, postsynaptic, lastSpikeMs, plasticGain, excitatory, served } = memory;
  const end = firstSynapse[cell + 1]!;
  for (let synapse = firstSynapse[cell]!; synapse < end; synapse++) {
    const target = postsynaptic[synapse]!;
    if (!served[target]) continue;
    const increment = excitatory[target] ? incrementEE : incrementEI;
    const sinceMs = timeMs - lastSpikeMs[target]!;
    if (increment === 0 || sinceMs >= WINDOW_MS) continue;
    const gain = plasticGain[synapse]!;
    const maximum = excitatory[target] ? maximumEE : maximumEI;
    const step = increment * (gain / maximum) * exponential(-(sinceMs / TIME_CONSTANT_MS));
    plasticGain[synapse] = Math.max(gain - step, 0);
  }
}

/**
 * The plastic gain that an arrival from an E cell finds: with the steps of its target's spikes
 * earlier in the present window, which are not settled yet. The sender has not fired meanwhile
 * (see `mustKeepOrder` in script-kernel.ts), so that nothing else can have changed it.
 */
export function gainOnArrival(
  memory: EngineMemory,
  settings: EngineSettings,
  synapse: number,
  target: number,
): number {
  const spike = memory.latestSpike[target]!;
  const gain = memory.plasticGain[synapse]!;
  return spike === NONE ? gain : gainAfter(memory, settings, spike, gain, synapse);
}

/** The gain after a spike of the synapse's target and those before it in the window. */
function gainAfter(
  memory: EngineMemory,
  settings: EngineSettings,
  spike: number,
  settledGain: number,
  synapse: number,
): number {
  const earlier = memory.spikeBefore[spike]!;
  const gain =
    earlier === NONE ? settledGain : gainAfter(memory, settings, earlier, settledGain, synapse);
  const timeMs = memory.spikeMs[spike]!;
  if (timeMs < settings.plasticityStartMs || timeMs > settings.plasticityEndMs) return gain;
  const excitatory = memory.excitatory[memory.spikeCell[spike]!] === 1;
  const increment = excitatory ? settings.incrementEE : settings.incrementEI;
  const sinceMs = timeMs - memory.lastSpikeMs[memory.presynaptic[synapse]!]!;
  if (!(increment > 0) || sinceMs > WINDOW_MS) return gain;
  return potentiated(
    gain,
    sinceMs,
    increment,
    excitatory ? settings.maximumEE : settings.maximumEI,
  );
}
