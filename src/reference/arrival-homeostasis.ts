import type { Death, DeathRule } from "../engine/contract.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { Cell, InputWeights } from "./cell.ts";

/** A cell may die whose activity exceeds its target by more than this part of it. */
const deathExcess = 1.5;

/** Dynamic death as it was switched on. */
interface DeathProcess {
  readonly speed: number;
  readonly streamLow: number;
  readonly rule: DeathRule;
}

export interface ArrivalState {
  growthFactor: number;
  process?: DeathProcess;
  /** Draws consumed: one per arrival since, of all cells together. */
  draws: number;
  deaths: Death[];
}

/**
 * Homeostasis of the 2014 model: all of it happens at synaptic arrivals that have any effect, in
 * the order of `receive`; a cell's last event is its last such arrival.
 */
export class ArrivalHomeostasis {
  state: ArrivalState = { growthFactor: 1, draws: 0, deaths: [] };
  readonly #cells: readonly Cell[];

  constructor(cells: readonly Cell[]) {
    this.#cells = cells;
  }

  /** Effect of an arrival with these weights on homeostasis; its weights as they are scaled. */
  receive(index: number, weights: InputWeights, nowMs: number, scalingIsOn: boolean): InputWeights {
    const cell = this.#cells[index]!;
    if (!Object.values(weights).some((weightMv) => weightMv > 0)) return weights;
    if (scalingIsOn) this.#updateScaleFactor(cell, nowMs);
    const effective = scalingIsOn && cell.isScaled ? scaled(weights, cell.scaleFactor) : weights;
    this.#sense(cell, effective.ampaDistal, nowMs);
    if (this.state.process) this.#drawDeath(index, this.state.process, nowMs);
    cell.lastEventMs = nowMs;
    return effective;
  }

  #updateScaleFactor(cell: Cell, nowMs: number): void {
    if (cell.targetRateKhz < 0) cell.targetRateKhz = cell.activity;
    if (!cell.isScaled) return;
    const { scalingBeta: beta, scalingGamma: gamma } = cell.parameters;
    const error =
      (cell.targetRateKhz * this.state.growthFactor - cell.activity) * (nowMs - cell.lastEventMs);
    cell.rateErrorIntegral += error;
    const scale = cell.scaleFactor;
    cell.scaleFactor += beta * scale * error + gamma * scale * cell.rateErrorIntegral;
    cell.limitScaling();
  }

  /** Excitation raises activity, which decays afterwards. */
  #sense(cell: Cell, ampaMv: number | undefined, nowMs: number): void {
    const { sensorTimeConstantMs } = cell.parameters;
    if (ampaMv !== undefined) cell.activity += (ampaMv - cell.activity) / sensorTimeConstantMs;
    cell.activity *= cell.sensorDecayOver(nowMs - cell.lastEventMs);
  }

  /** The time in the probability has a misplaced bracket, as published. */
  #drawDeath(index: number, { speed, streamLow, rule }: DeathProcess, nowMs: number): void {
    const cell = this.#cells[index]!;
    const draw = mcellRan4(this.state.draws++, streamLow) / 0x100000000;
    const excess = (cell.activity - cell.targetRateKhz) / cell.targetRateKhz;
    if (!(excess > deathExcess)) return;
    const time =
      rule === "published" ? nowMs - cell.lastEventMs / 1000 : (nowMs - cell.lastEventMs) / 1000;
    const probability = speed * time * cell.scaleFactor;
    if (!(draw < probability)) return;
    cell.alive = false;
    this.state.deaths.push({ timeMs: nowMs, cell: index, draw, probability });
  }
}

/** NMDA is not scaled, and neither is proximal GABA: a slip in the original. */
function scaled({ ampaDistal, gabaDistal, ...others }: InputWeights, factor: number): InputWeights {
  return {
    ...others,
    ...(ampaDistal !== undefined && { ampaDistal: ampaDistal * factor }),
    ...(gabaDistal !== undefined && { gabaDistal: gabaDistal / factor }),
  };
}
