import { exponential } from "../numeric/exponential.ts";
import { stepCount } from "../numeric/interpolated-exponential.ts";
import {
  AHP,
  AHP_STEPS_PER_MS,
  AMPA,
  BASE_THRESHOLD,
  GABA_DISTAL,
  GABA_PROXIMAL,
  NMDA,
  RECORD,
  RECOVERED_AT,
  REFRACTORY_UNTIL,
  REST,
  SETTLED_THRESHOLD,
  SPIKE_THRESHOLD,
  THRESHOLD,
  THRESHOLD_STEPS_PER_MS,
  UPDATED_AT,
} from "./cell-record.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { EngineSettings } from "./settings.ts";

/** A deviation not above this vanishes at the next update, mV. */
const NEGLIGIBLE_MV = 1e-11;

/** NMDA's voltage dependence, per mV. */
const MAGNESIUM_SLOPE_PER_MV = 0.062;

/** E(−steps · h): the decay factor that lies `steps` table steps before the table's end. */
function decayFactor(table: Float64Array, steps: number): number {
  const position = stepCount - steps;
  if (position <= 0) return table[0]!;
  const i = position | 0;
  return table[2 * i]! + (position - i) * table[2 * i + 1]!;
}

function decayed(deviationMv: number, factor: number): number {
  return deviationMv > NEGLIGIBLE_MV ? deviationMv * factor : 0;
}

/**
 * Brings a cell's deviations and threshold to `timeMs` and returns Vm, relative to rest.
 *
 * V ← V·E(−Δt/τ) for each receptor and the afterhyperpolarization;
 * Vm = AMPA + NMDA − GABA − AHP, within ±rest.
 */
export function decayTo(
  memory: EngineMemory,
  settings: EngineSettings,
  index: number,
  timeMs: number,
): number {
  const { cell, classConstant, interpolation } = memory;
  const record = RECORD * index;
  const constants = memory.classOffset[index]!;
  const elapsedMs = timeMs - cell[record + UPDATED_AT]!;

  const distalFactor = decayFactor(interpolation, elapsedMs * settings.distalStepsPerMs);
  const nmdaFactor = decayFactor(interpolation, elapsedMs * settings.nmdaStepsPerMs);
  const proximalFactor = decayFactor(interpolation, elapsedMs * settings.proximalStepsPerMs);
  const ahpSteps = elapsedMs * classConstant[constants + AHP_STEPS_PER_MS]!;
  const ahpFactor = decayFactor(interpolation, ahpSteps);

  const ampa = decayed(cell[record + AMPA]!, distalFactor);
  const nmda = decayed(cell[record + NMDA]!, nmdaFactor);
  const proximal = decayed(cell[record + GABA_PROXIMAL]!, proximalFactor);
  const distal = decayed(cell[record + GABA_DISTAL]!, distalFactor);
  const ahp = decayed(cell[record + AHP]!, ahpFactor);
  cell[record + AMPA] = ampa;
  cell[record + NMDA] = nmda;
  cell[record + GABA_PROXIMAL] = proximal;
  cell[record + GABA_DISTAL] = distal;
  cell[record + AHP] = ahp;
  cell[record + UPDATED_AT] = timeMs;

  // A risen threshold settles at the table's first entry, above the fixed one; then it stays.
  if (cell[record + THRESHOLD]! > classConstant[constants + SETTLED_THRESHOLD]!) {
    decayThreshold(memory, record, constants, timeMs);
  }
  const rest = classConstant[constants + REST]!;
  return Math.min(Math.max(ampa + nmda - (proximal + distal) - ahp, rest), -rest);
}

/** threshold ← base + (threshold at the spike − base)·E(−(t − end of refractoriness)/τ). */
function decayThreshold(
  { cell, classConstant, interpolation }: EngineMemory,
  record: number,
  constants: number,
  timeMs: number,
): void {
  if (cell[record + REFRACTORY_UNTIL]! < Infinity) return;
  const base = classConstant[constants + BASE_THRESHOLD]!;
  const elapsedMs = timeMs - cell[record + RECOVERED_AT]!;
  const steps = elapsedMs * classConstant[constants + THRESHOLD_STEPS_PER_MS]!;
  const rise = classConstant[constants + SPIKE_THRESHOLD]! - base;
  cell[record + THRESHOLD] = base + rise * decayFactor(interpolation, steps);
}

/**
 * Adds an input to one receptor: V += w·(1 − Vm/E), bounded below by 0.
 *
 * NMDA is weighted by its magnesium block and, like GABA, takes nothing at or beyond its reversal.
 */
export function addInput(
  memory: EngineMemory,
  settings: EngineSettings,
  index: number,
  receptor: number,
  weightMv: number,
  vmMv: number,
): void {
  const { cell } = memory;
  const place = RECORD * index + receptor;
  const deviationMv = cell[place]!;
  let changeMv: number;
  if (receptor === AMPA) {
    changeMv = weightMv * (1 - vmMv * settings.inverseAmpaReversal);
  } else if (receptor === NMDA) {
    if (deviationMv >= settings.nmdaReversalMv) return;
    const rest = memory.classConstant[memory.classOffset[index]! + REST]!;
    const block =
      1 / (1 + exponential(MAGNESIUM_SLOPE_PER_MV * -(rest + vmMv)) * settings.magnesium);
    changeMv = weightMv * block * (1 - vmMv * settings.inverseNmdaReversal);
  } else {
    if (deviationMv >= settings.gabaReversalMv) return;
    changeMv = weightMv * (1 + vmMv * settings.inverseGabaReversal);
  }
  cell[place] = Math.max(deviationMv + changeMv, 0);
}

/**
 * The potential after an input, absolute mV.
 *
 * The model bounds it to [−90, 0] mV; thresholds and block levels lie within, so that comparing
 * the unbounded value with them gives the same answer.
 */
export function potentialMv({ cell, classConstant, classOffset }: EngineMemory, index: number) {
  const record = RECORD * index;
  const excitation = cell[record + AMPA]! + cell[record + NMDA]!;
  const inhibition = cell[record + GABA_PROXIMAL]! + cell[record + GABA_DISTAL]!;
  const rest = classConstant[classOffset[index]! + REST]!;
  return excitation - inhibition - cell[record + AHP]! + rest;
}
