import { exponential } from "../numeric/exponential.ts";
import { stepCount } from "../numeric/interpolated-exponential.ts";
import {
  AHP,
  AHP_STEPS_PER_MS,
  AMPA,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  GABA_DISTAL,
  GABA_PROXIMAL,
  NMDA,
  PROXIMAL_STEPS_PER_MS,
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
import { NOW, VM } from "./control.ts";
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
 * Brings a cell's deviations and threshold to the present and sets Vm.
 *
 * V ← V·E(−Δt/τ) for each receptor and the afterhyperpolarization;
 * Vm = AMPA + NMDA − GABA − AHP, within ±rest.
 */
export function decayToNow(memory: EngineMemory, index: number): void {
  const { cell, classConstant, interpolation, stepsPerMs, work } = memory;
  const record = RECORD * index;
  const constants = memory.classOffset[index]!;
  const now = work[NOW]!;
  const elapsedMs = now - cell[record + UPDATED_AT]!;

  const distalFactor = decayFactor(interpolation, elapsedMs * stepsPerMs[0]!);
  const nmdaFactor = decayFactor(interpolation, elapsedMs * stepsPerMs[1]!);
  const proximalSteps = elapsedMs * classConstant[constants + PROXIMAL_STEPS_PER_MS]!;
  const proximalFactor = decayFactor(interpolation, proximalSteps);
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
  cell[record + UPDATED_AT] = now;

  // A risen threshold settles at the table's first entry, above the fixed one; then it stays.
  if (cell[record + THRESHOLD]! > classConstant[constants + SETTLED_THRESHOLD]!) {
    decayThreshold(memory, record, constants);
  }
  const rest = classConstant[constants + REST]!;
  work[VM] = Math.min(Math.max(ampa + nmda - (proximal + distal) - ahp, rest), -rest);
}

/** threshold ← base + (threshold at the spike − base)·E(−(t − end of refractoriness)/τ). */
function decayThreshold(memory: EngineMemory, record: number, constants: number): void {
  const { cell, classConstant, interpolation, work } = memory;
  if (cell[record + REFRACTORY_UNTIL]! < Infinity) return;
  const base = classConstant[constants + BASE_THRESHOLD]!;
  const elapsedMs = work[NOW]! - cell[record + RECOVERED_AT]!;
  const steps = elapsedMs * classConstant[constants + THRESHOLD_STEPS_PER_MS]!;
  const rise = classConstant[constants + SPIKE_THRESHOLD]! - base;
  cell[record + THRESHOLD] = base + rise * decayFactor(interpolation, steps);
}

/**
 * Adds an input to a receptor of a cell: V += w·(1 − Vm/E), bounded below by 0.
 *
 * NMDA and GABA-A take nothing at or beyond their reversals.
 */
export function addInput(memory: EngineMemory, index: number, receptor: number, weightMv: number) {
  const { cell, work, inverseReversal, reversalMv } = memory;
  const place = RECORD * index + receptor;
  const deviationMv = cell[place]!;
  if (deviationMv >= reversalMv[receptor]!) return;
  const changeMv = weightMv * (1 - work[VM]! * inverseReversal[receptor]!);
  cell[place] = Math.max(deviationMv + changeMv, 0);
}

/** The share of NMDA current that magnesium lets pass: 1 / (1 + exp(−0.062·(rest + Vm))·[Mg²⁺]/3.57). */
export function magnesiumBlock(
  { work, classConstant, classOffset }: EngineMemory,
  { magnesium }: EngineSettings,
  index: number,
): number {
  const potentialMv = classConstant[classOffset[index]! + REST]! + work[VM]!;
  return 1 / (1 + exponential(MAGNESIUM_SLOPE_PER_MV * -potentialMv) * magnesium);
}

/** What an input leaves a cell in: silent, fit to fire, or in depolarization block. */
export const SILENT = 0;
export const FIRING = 1;
export const BLOCKED = 2;

/**
 * Compares a cell's potential with its dynamic threshold and block level.
 *
 * The model bounds the potential to [−90, 0] mV here; both levels lie within, so that comparing
 * the unbounded value gives the same answer.
 */
export function outcome(memory: EngineMemory, index: number): number {
  const { cell, classConstant } = memory;
  const record = RECORD * index;
  const constants = memory.classOffset[index]!;
  const excitation = cell[record + AMPA]! + cell[record + NMDA]!;
  const inhibition = cell[record + GABA_PROXIMAL]! + cell[record + GABA_DISTAL]!;
  const potentialMv =
    excitation - inhibition - cell[record + AHP]! + classConstant[constants + REST]!;
  if (potentialMv <= cell[record + THRESHOLD]!) return SILENT;
  if (cell[record + REFRACTORY_UNTIL]! < Infinity) return SILENT;
  return potentialMv > classConstant[constants + BLOCK_LEVEL]! ? BLOCKED : FIRING;
}
