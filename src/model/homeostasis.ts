import type { Parameters } from "./parameters.ts";

/**
 * True if homeostasis senses what arrives at a cell, as in the model of 2014, and not when the cell
 * fires, as in that of 2013; only then there are a growth factor and dynamic death.
 */
export function sensesArrivals(parameters: Parameters): boolean {
  return parameters.model === "2014";
}

/**
 * The quantity of each cell that scaling compares with its target: the sensed charge, mV/ms, where
 * homeostasis senses arrivals, else the sensed rate, kHz; undefined where a record lacks it.
 */
export const regulatedQuantity = (
  model: unknown,
  state: { readonly activity?: Float64Array; readonly sensedRateKhz: Float64Array },
): Float64Array | undefined => (model === "2014" ? state.activity : state.sensedRateKhz);

/** @throws {TypeError} when the parameters are not of the 2014 model, which alone can do this */
export function requireArrivalSensor(parameters: Parameters, deed: string): void {
  if (sensesArrivals(parameters)) return;
  throw new TypeError(`A network of the 2013 model has no ${deed}: expected model 2014.`);
}
