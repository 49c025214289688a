export type Joinable = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Arrays end to end, each with an addend of its own. */
export function concatenated<A extends Joinable>(
  arrays: readonly A[],
  addends?: readonly number[],
): A {
  const Kind = arrays[0]!.constructor as new (length: number) => A;
  const whole = new Kind(arrays.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  arrays.forEach((array, k) => {
    const addend = addends?.[k] ?? 0;
    for (const value of array) whole[place++] = value + addend;
  });
  return whole;
}
