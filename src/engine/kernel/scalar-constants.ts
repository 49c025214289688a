/*
 * Constants that the host passes: the compiler then uses each where it stands, where a constant of
 * the code would first be built in two or three instructions.
 */

export declare const one: f64;
export declare const half: f64;
export declare const sixth: f64;
export declare const twentyFourth: f64;
export declare const hundredTwentieth: f64;
/** See `shiftToWhole` and `shortLimit` in exponential.ts. */
export declare const shiftToWhole: f64;
export declare const shortLimit: f64;
export declare const magnesiumSlopePerMv: f64;
