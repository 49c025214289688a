import type { Parameters } from "./parameters.ts";

/**
 * True if homeostasis senses what arrives at a cell, as in the model of 2014, and not when the cell
 * fires, as in that of 2013; only then there are a growth factor and dynamic death.
 */
export function sensesArrivals(parameters: Parameters): boolean {
  return parameters.model === "2014";
}

/** @throws {TypeError} when the parameters are not of the 2014 model, which alone can do this */
export function requireArrivalSensor(parameters: Parameters, deed: string): void {
  if (sensesArrivals(parameters)) return;
  throw new TypeError(`A network of the 2013 model has no ${deed}: expected model 2014.`);
}
