import { exponential } from "../numeric/exponential.ts";
import type { bool, f64 } from "./prelude.ts";

/*
 * Spike-timing-dependent plasticity of E cells' synapses: nearest-spike pairs, additive steps with
 * soft bounds (docs/model.md, STDP).
 */

/** Pairs of spikes farther apart do not change a gain, ms. */
const WINDOW_MS: f64 = 120;

const TIME_CONSTANT_MS: f64 = 20;

/** True if gains change at a spike now. @inline */
export function learns(nowMs: f64, startMs: f64, endMs: f64): bool {
  return !(nowMs < startMs || nowMs > endMs);
}

/**
 * True if a postsynaptic spike potentiates, `sinceMs` after the presynaptic cell's last one.
 * @inline
 */
export function potentiates(sinceMs: f64): bool {
  return sinceMs <= WINDOW_MS;
}

/** The gain after a postsynaptic spike that potentiates. @inline */
export function potentiated(gain: f64, sinceMs: f64, increment: f64, maximum: f64): f64 {
  return Math.max(gain + increment * (1 - gain / maximum) * pairing(sinceMs), 0);
}

/**
 * True if a presynaptic spike depresses, `sinceMs` after the postsynaptic cell's last one. @inline
 */
export function depresses(sinceMs: f64): bool {
  return sinceMs < WINDOW_MS;
}

/** The gain after a presynaptic spike that depresses. @inline */
export function depressed(gain: f64, sinceMs: f64, increment: f64, maximum: f64): f64 {
  return Math.max(gain - increment * (gain / maximum) * pairing(sinceMs), 0);
}

/** @inline */
function pairing(sinceMs: f64): f64 {
  return exponential(-(sinceMs / TIME_CONSTANT_MS));
}
