import { exponential, shiftToWhole } from "../numeric/exponential.ts";
import {
  AHP,
  AHP_STEPS_PER_MS,
  AMPA,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  CLASS_RECORD,
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
import { DECAY_ROW, DECAY_ROWS, decayFactor, shiftedRow } from "./decay-rows.ts";
import type { EngineMemory } from "./engine-memory.ts";
import type { EngineSettings } from "./settings.ts";

/** A deviation not above this vanishes at the next update, mV. */
const NEGLIGIBLE_MV = 1e-11;

/** NMDA's voltage dependence, per mV. */
export const MAGNESIUM_SLOPE_PER_MV = 0.062;

function decayed(deviationMv: number, factor: number): number {
  return deviationMv > NEGLIGIBLE_MV ? deviationMv * factor : 0;
}

/**
 * Brings a cell's deviations and threshold to the present and sets Vm.
 *
 * V ← V·E(−Δt/τ) for each receptor and the afterhyperpolarization;
 * Vm = AMPA + NMDA − GABA − AHP, within ±rest. After a gap too long for the decay rows, each decay
 * is looked up by itself.
 */
export function decayToNow(memory: EngineMemory, settings: EngineSettings, index: number): void {
  const { cell, decayTable, work } = memory;
  const record = RECORD * index;
  const position = (work[NOW]! - cell[record + UPDATED_AT]!) * settings.decayRowsPerMs;
  if (position < settings.decayRows) {
    const shifted = shiftedRow(position);
    const rest = position - (shifted - shiftToWhole);
    const row = DECAY_ROW * (DECAY_ROWS * memory.cellClass[index]! + (shifted - shiftToWhole));
    decay(
      memory,
      record,
      decayTable[row]! + rest * decayTable[row + 4]!,
      decayTable[row + 1]! + rest * decayTable[row + 5]!,
      decayTable[row + 2]! + rest * decayTable[row + 6]!,
      decayTable[row + 3]! + rest * decayTable[row + 7]!,
    );
  } else {
    decayAfterGap(memory, index, record);
  }
  const constants = CLASS_RECORD * memory.cellClass[index]!;
  // A risen threshold settles at the table's first entry, above the fixed one; then it stays.
  if (cell[record + THRESHOLD]! > memory.classConstant[constants + SETTLED_THRESHOLD]!) {
    decayThreshold(memory, record, constants);
  }
  const restMv = memory.classConstant[constants + REST]!;
  work[VM] = Math.min(Math.max(deviation(cell, record), restMv), -restMv);
}

function decayAfterGap(memory: EngineMemory, index: number, record: number): void {
  const { cell, classConstant, stepsPerMs, work } = memory;
  const constants = CLASS_RECORD * memory.cellClass[index]!;
  const elapsedMs = work[NOW]! - cell[record + UPDATED_AT]!;
  decay(
    memory,
    record,
    decayFactor(elapsedMs * stepsPerMs[0]!),
    decayFactor(elapsedMs * stepsPerMs[1]!),
    decayFactor(elapsedMs * classConstant[constants + PROXIMAL_STEPS_PER_MS]!),
    decayFactor(elapsedMs * classConstant[constants + AHP_STEPS_PER_MS]!),
  );
}

/** Multiplies the deviations with their decay factors; distal GABA-A decays as AMPA does. */
function decay(
  { cell, work }: EngineMemory,
  record: number,
  distal: number,
  nmda: number,
  proximal: number,
  ahp: number,
): void {
  cell[record + AMPA] = decayed(cell[record + AMPA]!, distal);
  cell[record + NMDA] = decayed(cell[record + NMDA]!, nmda);
  cell[record + GABA_PROXIMAL] = decayed(cell[record + GABA_PROXIMAL]!, proximal);
  cell[record + GABA_DISTAL] = decayed(cell[record + GABA_DISTAL]!, distal);
  cell[record + AHP] = decayed(cell[record + AHP]!, ahp);
  cell[record + UPDATED_AT] = work[NOW]!;
}

/** The membrane's deviation from rest, mV; all kernels add it up in this order. */
function deviation(cell: Float64Array, record: number): number {
  const proximal = cell[record + AMPA]! - cell[record + GABA_PROXIMAL]!;
  const distal = cell[record + NMDA]! - cell[record + GABA_DISTAL]!;
  return proximal + distal - cell[record + AHP]!;
}

/** threshold ← base + (threshold at the spike − base)·E(−(t − end of refractoriness)/τ). */
function decayThreshold(memory: EngineMemory, record: number, constants: number): void {
  const { cell, classConstant, work } = memory;
  if (cell[record + REFRACTORY_UNTIL]! < Infinity) return;
  const base = classConstant[constants + BASE_THRESHOLD]!;
  const elapsedMs = work[NOW]! - cell[record + RECOVERED_AT]!;
  const steps = elapsedMs * classConstant[constants + THRESHOLD_STEPS_PER_MS]!;
  const rise = classConstant[constants + SPIKE_THRESHOLD]! - base;
  cell[record + THRESHOLD] = base + rise * decayFactor(steps);
}

/**
 * Adds an input to a receptor of a cell: V += w − Vm·(w/E), bounded below by 0.
 *
 * NMDA and GABA-A take nothing at or beyond their reversals.
 */
export function addInput(memory: EngineMemory, index: number, receptor: number, weightMv: number) {
  const { cell, work, inverseReversal, reversalMv } = memory;
  const place = RECORD * index + receptor;
  const deviationMv = cell[place]!;
  if (deviationMv >= reversalMv[receptor]!) return;
  const changeMv = weightMv - work[VM]! * (weightMv * inverseReversal[receptor]!);
  cell[place] = Math.max(deviationMv + changeMv, 0);
}

/** The share of NMDA current that magnesium lets pass: 1 / (1 + exp(−0.062·(rest + Vm))·[Mg²⁺]/3.57). */
export function magnesiumBlock(
  { work, classConstant, cellClass }: EngineMemory,
  { magnesium }: EngineSettings,
  index: number,
): number {
  const potentialMv = classConstant[CLASS_RECORD * cellClass[index]! + REST]! + work[VM]!;
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
  const constants = CLASS_RECORD * memory.cellClass[index]!;
  const potentialMv = deviation(cell, record) + classConstant[constants + REST]!;
  if (potentialMv <= cell[record + THRESHOLD]!) return SILENT;
  if (cell[record + REFRACTORY_UNTIL]! < Infinity) return SILENT;
  return potentialMv > classConstant[constants + BLOCK_LEVEL]! ? BLOCKED : FIRING;
}
