/** Complex numbers. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** As many zeros. */
export const complexArray = (length: number): ComplexArray => ({
  re: new Float64Array(length),
  im: new Float64Array(length),
});
