/**
 * Rounds to six significant digits as C's `%g` does: the exact binary value, ties to the even digit.
 *
 * The original writes every default that it computes from other parameters as such text, and reads
 * it back: 60/11 becomes 5.45455 and 1/3 becomes 0.333333. A run is sensitive enough to tell.
 */
export function roundToSixDigits(value: number): number {
  // toPrecision rounds ties away from zero, so an exact tie after an even digit is cut instead.
  const tie = /^(-?\d\.\d{4}[02468])50*(e.+)$/.exec(value.toExponential(60));
  return tie ? Number(`${tie[1]}${tie[2]}`) : Number(value.toPrecision(6));
}
