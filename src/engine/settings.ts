import { sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import { usesPlasticity } from "../model/timeline.ts";
import { expandingWeight, MAGNESIUM_HALF_BLOCK_MM } from "../rules/receptors.ts";
import { DECAY_ROWS, DECAY_ROWS_PER_MS, rowsServe } from "./decay-rows.ts";
import { governsExcitation, ruleSettings } from "./rule-tables.ts";
import type { Windows } from "./windows.ts";

/** The published time constant with which the sensor decays, whatever its own (model, "Quirks"). */
const PUBLISHED_SENSOR_DECAY_MS = 100_000;

/** The parameters that the engine's inner loops use, as plain numbers. */
export interface EngineSettings {
  /** Weights, the smaller and each, beyond which V += w·(1 − Vm/E) magnifies differences, mV. */
  readonly expansionMv: number;
  readonly expandingAmpaMv: number;
  readonly expandingGabaMv: number;
  /** [Mg²⁺] / 3.57 mM. */
  readonly magnesium: number;
  readonly sensorTimeConstantMs: number;
  readonly sensorDecayPerMs: number;
  readonly beta: number;
  readonly gamma: number;
  /** 1 if scale factors or their integrals have bounds. */
  readonly limits: number;
  readonly scaleFactorMinimum: number;
  readonly scaleFactorMaximum: number;
  readonly integralLimit: number;
  /** 1 if homeostasis senses arrivals, and if it then scales I cells. */
  readonly sensesArrivals: number;
  readonly scalesInhibition: number;
  /** In kHz; negative for each cell's own mean rate. */
  readonly targetRateE: number;
  readonly targetRateI: number;
  readonly plasticityStartMs: number;
  readonly plasticityEndMs: number;
  readonly incrementEE: number;
  readonly maximumEE: number;
  readonly incrementEI: number;
  readonly maximumEI: number;
  /** Active rules, as bits by their numbers. */
  readonly plasticityRules: number;
  readonly thresholdRules: number;
  readonly depressionRules: number;
  readonly windowMs: number;
  readonly windowsPerMs: number;
  readonly windowCapacity: number;
  readonly blockWindows: number;
  /** Gaps between a cell's events up to this many rows have their decays in the table of rows. */
  readonly decayRows: number;
  readonly decayRowsPerMs: number;
}

/** Prepares the parameters for the engine. */
export function engineSettings(parameters: Parameters, windows: Windows): EngineSettings {
  const { windowMs, windowCapacity, blockWindows } = windows;
  const { reversalAmpaMv, reversalGabaMv, sensorTimeConstantMs } = parameters;
  const published = parameters.sensorDecay !== "consistent";
  const plastic = usesPlasticity(parameters);
  return {
    expansionMv: expandingWeight(Math.min(reversalAmpaMv, -reversalGabaMv)),
    expandingAmpaMv: expandingWeight(reversalAmpaMv),
    expandingGabaMv: expandingWeight(-reversalGabaMv),
    magnesium: parameters.magnesiumMm / MAGNESIUM_HALF_BLOCK_MM,
    sensorTimeConstantMs,
    sensorDecayPerMs: 1 / (published ? PUBLISHED_SENSOR_DECAY_MS : sensorTimeConstantMs),
    beta: parameters.scalingBeta,
    gamma: parameters.scalingGamma,
    ...scalingLimits(parameters),
    sensesArrivals: sensesArrivals(parameters) ? 1 : 0,
    scalesInhibition: parameters.scaleInhibitoryCells ? 1 : 0,
    targetRateE: explicitTarget(parameters.targetRateEHz),
    targetRateI: explicitTarget(parameters.targetRateIHz),
    plasticityStartMs: plastic ? parameters.plasticityStartMs : Infinity,
    plasticityEndMs: plastic ? parameters.plasticityEndMs : -Infinity,
    incrementEE: governsExcitation(parameters, "E") ? 0 : parameters.plasticIncrementEE,
    maximumEE: parameters.plasticMaximumEE,
    incrementEI: governsExcitation(parameters, "I") ? 0 : parameters.plasticIncrementEI,
    maximumEI: parameters.plasticMaximumEI,
    ...ruleSettings(parameters),
    windowMs,
    windowsPerMs: 1 / windowMs,
    windowCapacity,
    blockWindows,
    decayRows: rowsServe(parameters.afterhyperpolarizationTimeConstantEMs) ? DECAY_ROWS : 0,
    decayRowsPerMs: DECAY_ROWS_PER_MS,
  };
}

/** Bounds of which 0 stands for none. */
function scalingLimits(parameters: Parameters) {
  const { scaleFactorMinimum, scaleFactorMaximum, rateErrorIntegralLimit } = parameters;
  return {
    limits: scaleFactorMinimum + scaleFactorMaximum + rateErrorIntegralLimit > 0 ? 1 : 0,
    scaleFactorMinimum: scaleFactorMinimum || -Infinity,
    scaleFactorMaximum: scaleFactorMaximum || Infinity,
    integralLimit: rateErrorIntegralLimit || Infinity,
  };
}

const explicitTarget = (rateHz: number): number => (rateHz > 0 ? rateHz / 1000 : -1);
