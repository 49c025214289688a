import {
  AHP,
  AHP_STEPS_PER_MS,
  AMPA,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  GABA_DISTAL,
  GABA_PROXIMAL,
  NMDA,
  RECOVERED_AT,
  REFRACTORY_UNTIL,
  REST,
  SETTLED_THRESHOLD,
  SPIKE_THRESHOLD,
  THRESHOLD,
  THRESHOLD_STEPS_PER_MS,
  UPDATED_AT,
} from "../../cell-record";
import {
  f64At,
  inverseReversal,
  magnesium,
  reversalMv,
  stepsPerMs,
} from "./memory";
import { decayFactor, decayFactorx2, exponential } from "./numeric";

const NEGLIGIBLE_MV: f64 = 1e-11;
const MAGNESIUM_SLOPE_PER_MV: f64 = 0.062;

// @ts-ignore: decorator
@inline
function decayedx2(deviationsMv: v128, factors: v128, negligible: v128): v128 {
  return v128.and(f64x2.mul(deviationsMv, factors), f64x2.gt(deviationsMv, negligible));
}

/** See `decayToNow`; returns Vm. `record` and `constants` are addresses. */
// @ts-ignore: decorator
@inline
export function decayToNow(record: usize, constants: usize, now: f64): f64 {
  const elapsedMs = f64x2.splat(now - load<f64>(record, UPDATED_AT * 8));
  // Factors of [AMPA distal, NMDA], and of [GABA proximal, afterhyperpolarization].
  const excitatory = decayFactorx2(f64x2.mul(elapsedMs, v128.load(stepsPerMs)));
  const others = decayFactorx2(f64x2.mul(elapsedMs, v128.load(constants, AHP_STEPS_PER_MS * 8 - 8)));
  const negligible = f64x2.splat(NEGLIGIBLE_MV);
  const excitation = decayedx2(v128.load(record, AMPA * 8), excitatory, negligible);
  const inhibition = decayedx2(
    v128.load(record, GABA_PROXIMAL * 8),
    i64x2.shuffle(others, excitatory, 0, 2),
    negligible,
  );
  const ahp = decayedx2(v128.load(record, AHP * 8), i64x2.shuffle(others, others, 1, 1), negligible);
  v128.store(record, excitation, AMPA * 8);
  v128.store(record, inhibition, GABA_PROXIMAL * 8);
  v128.store(record, f64x2.replace_lane(ahp, 1, now), AHP * 8);
  if (load<f64>(record, THRESHOLD * 8) > load<f64>(constants, SETTLED_THRESHOLD * 8)) {
    decayThreshold(record, constants, now);
  }
  const rest = load<f64>(constants, REST * 8);
  const vmMv =
    f64x2.extract_lane(excitation, 0) +
    f64x2.extract_lane(excitation, 1) -
    (f64x2.extract_lane(inhibition, 0) + f64x2.extract_lane(inhibition, 1)) -
    f64x2.extract_lane(ahp, 0);
  return vmMv < rest ? rest : vmMv > -rest ? -rest : vmMv;
}

function decayThreshold(record: usize, constants: usize, now: f64): void {
  if (load<f64>(record, REFRACTORY_UNTIL * 8) < Infinity) return;
  const base = load<f64>(constants, BASE_THRESHOLD * 8);
  const elapsedMs = now - load<f64>(record, RECOVERED_AT * 8);
  const factor = decayFactor(elapsedMs * load<f64>(constants, THRESHOLD_STEPS_PER_MS * 8));
  const rise = load<f64>(constants, SPIKE_THRESHOLD * 8) - base;
  store<f64>(record, base + rise * factor, THRESHOLD * 8);
}

/** See `addInput`. */
// @ts-ignore: decorator
@inline
export function addInput(record: usize, receptor: i32, weightMv: f64, vmMv: f64): void {
  const place = record + (<usize>receptor << 3);
  const deviationMv = load<f64>(place);
  if (deviationMv >= f64At(reversalMv, receptor)) return;
  const changeMv = weightMv * (1 - vmMv * f64At(inverseReversal, receptor));
  store<f64>(place, max(deviationMv + changeMv, 0));
}

/** See `magnesiumBlock`. */
export function magnesiumBlock(constants: usize, vmMv: f64): f64 {
  const potentialMv = load<f64>(constants, REST * 8) + vmMv;
  return 1 / (1 + exponential(MAGNESIUM_SLOPE_PER_MV * -potentialMv) * magnesium);
}

export const SILENT: i32 = 0;
export const FIRING: i32 = 1;
export const BLOCKED: i32 = 2;

/** See `outcome`. */
// @ts-ignore: decorator
@inline
export function outcome(record: usize, constants: usize): i32 {
  const excitation = load<f64>(record, AMPA * 8) + load<f64>(record, NMDA * 8);
  const inhibition = load<f64>(record, GABA_PROXIMAL * 8) + load<f64>(record, GABA_DISTAL * 8);
  const potentialMv =
    excitation - inhibition - load<f64>(record, AHP * 8) + load<f64>(constants, REST * 8);
  if (potentialMv <= load<f64>(record, THRESHOLD * 8)) return SILENT;
  if (load<f64>(record, REFRACTORY_UNTIL * 8) < Infinity) return SILENT;
  return potentialMv > load<f64>(constants, BLOCK_LEVEL * 8) ? BLOCKED : FIRING;
}
