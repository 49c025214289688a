/** Arrays that a NumPy file can hold. */
export type NpyValues =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array;

/** A file's first bytes: 0x93 and "NUMPY", then version 1.0. */
const signature = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** Alignment of the first value, bytes. */
const alignment = 64;

/** NumPy's name of the values' type, little-endian: "<f8", "<u4", "|u1", … */
export function npyType(values: NpyValues): string {
  const kind = values instanceof Float64Array || values instanceof Float32Array ? "f" : "u";
  const order = values.BYTES_PER_ELEMENT === 1 ? "|" : "<";
  return `${order}${values instanceof Int32Array ? "i" : kind}${values.BYTES_PER_ELEMENT}`;
}

/**
 * Header of a NumPy `.npy` file, version 1.0, C order.
 *
 * @param type as {@link npyType} names it
 * @param shape lengths of the axes, the last one the fastest
 */
export function npyHeader(type: string, shape: readonly number[]): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", "); // () for a single value
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const used = signature.length + 2 + text.length + 1;
  const length = Math.ceil(used / alignment) * alignment;
  const header = new Uint8Array(length).fill(0x20);
  header.set(signature);
  new DataView(header.buffer).setUint16(8, length - 10, true);
  header.set(new TextEncoder().encode(text), 10);
  header[length - 1] = 0x0a;
  return header;
}

/**
 * An array as a NumPy `.npy` file.
 *
 * @param shape of one axis by default
 * @throws {RangeError} when the shape holds another number of values
 */
export function npyFile(values: NpyValues, shape: readonly number[] = [values.length]): Uint8Array {
  const expected = shape.reduce((product, length) => product * length, 1);
  if (expected !== values.length) {
    throw new RangeError(
      `A shape of (${shape.join(", ")}) holds ${expected} values; got ${values.length}.`,
    );
  }
  const header = npyHeader(npyType(values), shape);
  const file = new Uint8Array(header.length + values.byteLength);
  file.set(header);
  file.set(littleEndian(values), header.length);
  return file;
}

/** Texts as values of a NumPy file, UTF-32 in fields of equal length, and their type. */
export function npyTexts(texts: readonly string[]): { type: string; bytes: Uint8Array } {
  const codes = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0)!));
  const width = Math.max(1, ...codes.map(({ length }) => length));
  const letters = new Uint32Array(width * texts.length);
  for (const [k, word] of codes.entries()) letters.set(word, k * width);
  return { type: `<U${width}`, bytes: littleEndian(letters) };
}

/** The values' bytes, least significant first on every machine. */
export function littleEndian(values: NpyValues): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const size = values.BYTES_PER_ELEMENT;
  if (size === 1 || new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return bytes;
  const swapped = bytes.slice();
  for (let at = 0; at < swapped.length; at += size) swapped.subarray(at, at + size).reverse();
  return swapped;
}
