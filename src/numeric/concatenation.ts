export type Joinable = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const kinds = { Uint8Array, Uint16Array, Uint32Array, Float64Array };

/** Arrays end to end, each with an addend of its own; at least one array. Buffers give a Uint8Array. */
export function concatenated<A extends Joinable>(
  arrays: readonly A[],
  addends?: readonly number[],
): A {
  const Kind = kinds[arrays[0]![Symbol.toStringTag]] as unknown as new (length: number) => A;
  const whole = new Kind(arrays.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const [k, array] of arrays.entries()) {
    const addend = addends?.[k] ?? 0;
    whole.set(addend === 0 ? array : array.map((value) => value + addend), place);
    place += array.length;
  }
  return whole;
}
