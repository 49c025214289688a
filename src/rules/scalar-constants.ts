import * as exponential from "../numeric/exponential.ts";
import type { f64 } from "./prelude.ts";

/*
 * Constants that the compiled kernel imports from its host: the compiler then uses each where it
 * stands, where a constant of the code would first be built in two or three instructions. The
 * kernel's build leaves their values out.
 */

export const one: f64 = 1;
export const half: f64 = 1 / 2;
export const sixth: f64 = 1 / 6;
export const twentyFourth: f64 = 1 / 24;
export const hundredTwentieth: f64 = 1 / 120;
export const shiftToWhole: f64 = exponential.shiftToWhole;
export const shortLimit: f64 = exponential.shortLimit;
/** NMDA's voltage dependence, per mV. */
export const magnesiumSlopePerMv: f64 = 0.062;
