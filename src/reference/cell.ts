import { sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import { type CellClass, type CellClassConstants, cellClasses } from "../model/populations.ts";
import { exponential, shortDecay } from "../numeric/exponential.ts";
import { decayInRows, interpolatedDecay } from "./decay.ts";

/** Weights of one input in mV; what is absent receives nothing, not even 0. */
export interface InputWeights {
  readonly ampaDistal?: number;
  readonly nmdaDistal?: number;
  readonly gabaProximal?: number;
  readonly gabaDistal?: number;
}

const ampaTimeConstantMs = 20;
const nmdaTimeConstantMs = 300;
const gabaProximalTimeConstantMs = 10;
const gabaDistalTimeConstantMs = 20;

/**
 * One cell: its variables, and the single steps of an event; which steps an event takes, and in
 * which order, is the engine's affair.
 *
 * Inhibition and afterhyperpolarization are magnitudes ≥ 0, subtracted in the sums.
 */
export class Cell {
  readonly cellClass: CellClass;
  alive = true;
  silenced = false;

  ampaDistalMv = 0;
  nmdaDistalMv = 0;
  gabaProximalMv = 0;
  gabaDistalMv = 0;
  afterhyperpolarizationMv = 0;
  lastUpdateMs = 0;

  dynamicThresholdMv: number;
  thresholdAtSpikeMv = 0;
  isRefractory = false;
  refractorinessEndedMs = 0;

  sensedRateKhz = 0;
  /** Time at which `sensedRateKhz` was valid: it is decayed only when it is needed. */
  sensedAtMs = 0;
  lastEventMs = 0;
  /** The charge that arrives, mV/ms: what the 2014 model controls. */
  activity = 0;
  targetRateKhz = -1;
  rateErrorIntegral = 0;
  scaleFactor = 1;

  spikeCount = 0;
  blockCount = 0;
  lastSpikeMs = Number.NEGATIVE_INFINITY;

  #parameters: Parameters;

  constructor(cellClass: CellClass, parameters: Parameters) {
    this.cellClass = cellClass;
    this.dynamicThresholdMv = this.constants.thresholdMv;
    this.#parameters = parameters;
  }

  changeParameters(parameters: Parameters): void {
    const { targetRateEHz, targetRateIHz } = this.#parameters;
    const sameTargets =
      parameters.targetRateEHz === targetRateEHz && parameters.targetRateIHz === targetRateIHz;
    if (!sameTargets) this.targetRateKhz = -1;
    this.#parameters = parameters;
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  get constants(): CellClassConstants {
    return cellClasses[this.cellClass];
  }

  get isExcitatory(): boolean {
    return this.cellClass === "E";
  }

  /** True if it receives and sends. */
  get active(): boolean {
    return this.alive && !this.silenced;
  }

  /** True if the cell has a scale factor of its own. */
  get isScaled(): boolean {
    return this.isExcitatory || this.#parameters.scaleInhibitoryCells;
  }

  /** Steps 1 to 3 in the 2013 model. The sensor of a cell that is not scaled is left to decay until its next spike. */
  noteEvent(nowMs: number, scalingIsOn: boolean): void {
    if (scalingIsOn && this.isScaled) {
      this.#decaySensor(nowMs);
      this.#updateScaleFactor(nowMs);
    }
    this.lastEventMs = nowMs;
  }

  /** The sensed rate as of the cell's last event. */
  get currentSensedRateKhz(): number {
    return this.#sensedRateAt(this.lastEventMs);
  }

  #sensedRateAt(nowMs: number): number {
    return this.sensedRateKhz * this.sensorDecayOver(nowMs - this.sensedAtMs);
  }

  sensorDecayOver(elapsedMs: number): number {
    const { sensorDecay, sensorTimeConstantMs } = this.#parameters;
    const ratePerMs = 1 / (sensorDecay === "consistent" ? sensorTimeConstantMs : 100_000);
    return shortDecay(elapsedMs * ratePerMs);
  }

  #decaySensor(nowMs: number): void {
    this.sensedRateKhz = this.#sensedRateAt(nowMs);
    this.sensedAtMs = nowMs;
  }

  #updateScaleFactor(nowMs: number): void {
    const { scalingBeta: beta, scalingGamma: gamma } = this.#parameters;
    if (this.targetRateKhz < 0) this.targetRateKhz = this.#targetRateAt(nowMs);
    const error = this.targetRateKhz - this.sensedRateKhz;
    const scale = this.scaleFactor;
    this.scaleFactor += beta * scale * error + gamma * scale * this.rateErrorIntegral;
    this.rateErrorIntegral += error * (nowMs - this.lastEventMs);
    this.limitScaling();
  }

  /** The explicit target or, as published, the cell's mean rate so far. */
  #targetRateAt(nowMs: number): number {
    const { targetRateEHz, targetRateIHz } = this.#parameters;
    const explicitHz = this.isExcitatory ? targetRateEHz : targetRateIHz;
    return explicitHz > 0 ? explicitHz / 1000 : this.spikeCount / nowMs;
  }

  /** Bounds of scale factor and integral; 0 stands for none. */
  limitScaling(): void {
    const { scaleFactorMinimum, scaleFactorMaximum, rateErrorIntegralLimit } = this.#parameters;
    if (scaleFactorMinimum > 0) this.scaleFactor = Math.max(this.scaleFactor, scaleFactorMinimum);
    if (scaleFactorMaximum > 0) this.scaleFactor = Math.min(this.scaleFactor, scaleFactorMaximum);
    if (!(rateErrorIntegralLimit > 0)) return;
    const limit = rateErrorIntegralLimit;
    this.rateErrorIntegral = clamp(this.rateErrorIntegral, -limit, limit);
  }

  /** Step 5: everything decays to now. */
  decayTo(nowMs: number): void {
    const elapsedMs = nowMs - this.lastUpdateMs;
    // Rows serve a column whose excitatory afterhyperpolarization fits into them, or no cell of it.
    const inRows = this.#parameters.afterhyperpolarizationTimeConstantEMs % 10 === 0;
    const factor = inRows ? decayInRows : interpolatedDecay;
    const decayed = (magnitudeMv: number, timeConstantMs: number) =>
      magnitudeMv > 1e-11 ? magnitudeMv * factor(elapsedMs, timeConstantMs) : 0;

    this.ampaDistalMv = decayed(this.ampaDistalMv, ampaTimeConstantMs);
    this.nmdaDistalMv = decayed(this.nmdaDistalMv, nmdaTimeConstantMs);
    this.gabaProximalMv = decayed(this.gabaProximalMv, gabaProximalTimeConstantMs);
    this.gabaDistalMv = decayed(this.gabaDistalMv, gabaDistalTimeConstantMs);
    this.afterhyperpolarizationMv = decayed(
      this.afterhyperpolarizationMv,
      this.isExcitatory
        ? this.#parameters.afterhyperpolarizationTimeConstantEMs
        : this.constants.afterhyperpolarizationTimeConstantMs,
    );
    this.#lowerThreshold(nowMs);
    this.lastUpdateMs = nowMs;
  }

  /** A copy of the cell as an event now would find it. */
  at(nowMs: number): Cell {
    const copy = Object.assign(new Cell(this.cellClass, this.#parameters), this);
    copy.decayTo(nowMs);
    return copy;
  }

  #lowerThreshold(nowMs: number): void {
    const { thresholdMv, relativeRefractoryTimeConstantMs } = this.constants;
    if (this.isRefractory || !(this.dynamicThresholdMv > thresholdMv)) return;
    const elapsedMs = nowMs - this.refractorinessEndedMs;
    const risenMv = this.thresholdAtSpikeMv - thresholdMv;
    this.dynamicThresholdMv =
      thresholdMv + risenMv * interpolatedDecay(elapsedMs, relativeRefractoryTimeConstantMs);
  }

  /** Step 7. */
  endRefractoriness(nowMs: number): void {
    this.isRefractory = false;
    this.refractorinessEndedMs = nowMs;
  }

  /** Steps 6 and 8: one Vm serves all receptors of an input. */
  addInput(weights: InputWeights): void {
    const { restMv } = this.constants;
    const { reversalAmpaMv, reversalNmdaMv, reversalGabaMv, magnesiumMm } = this.#parameters;
    const vmMv = clamp(this.#deviationMv, restMv, -restMv);

    // w(1 − Vm/E), with Vm multiplied last; inhibition is a magnitude, and its Vm/E positive.
    const change = (weightMv: number, reversalMv: number) =>
      weightMv - vmMv * (weightMv * (1 / reversalMv));
    const { ampaDistal, nmdaDistal, gabaProximal, gabaDistal } = weights;
    if (ampaDistal !== undefined && ampaDistal >= 0) {
      this.ampaDistalMv = notBelowZero(this.ampaDistalMv + change(ampaDistal, reversalAmpaMv));
    }
    if (nmdaDistal !== undefined && nmdaDistal >= 0 && this.nmdaDistalMv < reversalNmdaMv) {
      const block = 1 / (1 + exponential(0.062 * -(restMv + vmMv)) * (magnesiumMm / 3.57));
      this.nmdaDistalMv = notBelowZero(
        this.nmdaDistalMv + change(nmdaDistal * block, reversalNmdaMv),
      );
    }
    if (gabaProximal !== undefined && gabaProximal >= 0 && this.gabaProximalMv < -reversalGabaMv) {
      this.gabaProximalMv = notBelowZero(
        this.gabaProximalMv + change(gabaProximal, reversalGabaMv),
      );
    }
    if (gabaDistal !== undefined && gabaDistal >= 0 && this.gabaDistalMv < -reversalGabaMv) {
      this.gabaDistalMv = notBelowZero(this.gabaDistalMv + change(gabaDistal, reversalGabaMv));
    }
  }

  /** The receptors' part of the deviation from rest. */
  get driveMv(): number {
    const fastMv = this.ampaDistalMv - this.gabaProximalMv;
    const slowMv = this.nmdaDistalMv - this.gabaDistalMv;
    return fastMv + slowMv;
  }

  get #deviationMv(): number {
    return this.driveMv - this.afterhyperpolarizationMv;
  }

  /** The potential that decides on a spike. */
  get potentialMv(): number {
    return clamp(this.#deviationMv + this.constants.restMv, -90, 0);
  }

  /** Step 9, first half: whether the cell fires; a depolarization block is counted. */
  crossesThreshold(shiftMv: number): boolean {
    if (this.isRefractory || !(this.potentialMv > this.dynamicThresholdMv + shiftMv)) return false;
    if (this.potentialMv > this.constants.blockMv) {
      this.blockCount++;
      return false;
    }
    return true;
  }

  /** Step 9, second half: what a spike does to its own cell. There is no voltage reset. */
  fire(nowMs: number): void {
    const { thresholdMv, blockMv, relativeRefractoryWeight } = this.constants;
    this.afterhyperpolarizationMv += this.constants.afterhyperpolarizationStepMv;
    // In the 2014 model the sensor decays at arrivals only: by now it has to the last one.
    this.#decaySensor(sensesArrivals(this.#parameters) ? this.lastEventMs : nowMs);
    this.sensedRateKhz += (1 - this.sensedRateKhz) / this.#parameters.sensorTimeConstantMs;
    this.spikeCount++;
    this.lastSpikeMs = nowMs;
    this.thresholdAtSpikeMv = thresholdMv + relativeRefractoryWeight * (blockMv - thresholdMv);
    this.dynamicThresholdMv = this.thresholdAtSpikeMv;
    this.isRefractory = true;
  }
}

/** Names of a cell's state variables. */
export type CellVariables = {
  readonly [N in keyof Cell as Cell[N] extends number | boolean | string ? N : never]: Cell[N];
};

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);
const notBelowZero = (value: number) => Math.max(value, 0);
