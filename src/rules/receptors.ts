import { moderateExponential } from "../numeric/exponential.ts";
import { type f64, f64x2, v128 } from "./prelude.ts";
import { magnesiumSlopePerMv, one } from "./scalar-constants.ts";

/*
 * How the membrane takes inputs (docs/model.md, Decay and Inputs). Deviations are magnitudes, two
 * in a vector: [AMPA, NMDA], [proximal GABA-A, distal GABA-A], [afterhyperpolarization, any].
 */

/** A deviation not above this vanishes at the next update, mV. */
export const NEGLIGIBLE_MV: f64 = 1e-11;

/** Magnesium concentration that halves the NMDA current at 0 mV, mM. */
export const MAGNESIUM_HALF_BLOCK_MM: f64 = 3.57;

/** Deviations after a time in which they decay by these factors. @inline */
export function decayed(deviationsMv: v128, factors: v128, negligibleMv: v128): v128 {
  return v128.and(f64x2.mul(deviationsMv, factors), f64x2.gt(deviationsMv, negligibleMv));
}

/** The receptors' part of the membrane's deviation from rest; summed in this order. @inline */
export function drive(excitationMv: v128, inhibitionMv: v128): f64 {
  const net = f64x2.sub(excitationMv, inhibitionMv);
  return f64x2.extract_lane(net, 0) + f64x2.extract_lane(net, 1);
}

/** The membrane's deviation from rest. @inline */
export function deviation(excitationMv: v128, inhibitionMv: v128, ahpMv: f64): f64 {
  return drive(excitationMv, inhibitionMv) - ahpMv;
}

/** Vm: the deviation within ±rest. @inline */
export function bounded(deviationMv: f64, restMv: f64): f64 {
  return deviationMv < restMv ? restMv : deviationMv > -restMv ? -restMv : deviationMv;
}

/**
 * Deviations after an input: V + w·(1 − Vm/E), not below 0, and V where it is at the reversal.
 *
 * `slopes` are the weights times 1/E, of which inhibition has it signed: both grow with 1 − Vm/E.
 * @inline
 */
export function added(
  deviationsMv: v128,
  weightsMv: v128,
  slopes: v128,
  vmMv: f64,
  reversalsMv: v128,
): v128 {
  const changes = f64x2.sub(weightsMv, f64x2.mul(f64x2.splat(vmMv), slopes));
  const receptive = f64x2.lt(deviationsMv, reversalsMv);
  const sums = f64x2.add(deviationsMv, v128.and(changes, receptive));
  return f64x2.pmax(f64x2.splat(0), sums);
}

/**
 * The share of NMDA current that magnesium lets pass, B(v); `magnesium` is [Mg²⁺] / 3.57 mM.
 *
 * Vm is bounded, so that the argument is far from where exp needs more care.
 * @inline
 */
export function magnesiumBlock(potentialMv: f64, magnesium: f64): f64 {
  return one / (one + moderateExponential(magnesiumSlopePerMv * -potentialMv) * magnesium);
}

/** The weight beyond which an input magnifies differences of the potential, mV. */
export function expandingWeight(reversalMv: f64): f64 {
  return 2 * reversalMv;
}
