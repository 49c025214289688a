/** A number as messages show it: 0.25, 8800000, 4294967295, 1e12. */
export function numberText(value: number): string {
  const plain = String(value);
  const exponential = value.toExponential().replace("e+", "e");
  return Math.abs(value) >= 1e9 && exponential.length < plain.length ? exponential : plain;
}
