import { unzlibSync, zlibSync } from "fflate";

/** Type of a column's values, by Python's struct codes: float64, unsigned 32 bit, unsigned 8 bit. */
export type ColumnCode = "d" | "I" | "B";

interface ColumnArrays {
  d: Float64Array;
  I: Uint32Array;
  B: Uint8Array;
}

export type Column = ColumnArrays[ColumnCode];

type Columns<C extends readonly ColumnCode[]> = { -readonly [K in keyof C]: ColumnArrays[C[K]] };

/**
 * Packs columns of equal length: of each, the first bytes of all values, then the second ones, and
 * so on (like bytes lie together, which compresses better), all in one zlib stream.
 */
export function packColumns(columns: readonly Column[]): Uint8Array {
  const bytes = new Uint8Array(columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const column of columns) {
    const source = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    const size = column.BYTES_PER_ELEMENT;
    for (let byte = 0; byte < size; byte++) {
      for (let from = byte; from < source.length; from += size) bytes[at++] = source[from]!;
    }
  }
  return zlibSync(bytes);
}

/**
 * Unpacks columns of `count` values each.
 *
 * @param optional columns that may follow
 * @throws {RangeError} when there are not that many
 */
export function unpackColumns<
  const C extends readonly ColumnCode[],
  const O extends readonly ColumnCode[] = [],
>(
  payload: Uint8Array,
  count: number,
  codes: C,
  optional?: O,
): [...Columns<C>, ...Partial<Columns<O>>] {
  const bytes = inflated(payload);
  const expected = count * widthOf(codes);
  const all = [...codes, ...(optional ?? [])];
  const hasAll = bytes.length !== expected && bytes.length === count * widthOf(all);
  if (bytes.length !== expected && !hasAll) {
    throw new RangeError(`it contains ${bytes.length} bytes of columns, expected ${expected}`);
  }
  let at = 0;
  const columns = (hasAll ? all : codes).map((code) => {
    const column = emptyColumn(code, count);
    const target = new Uint8Array(column.buffer);
    const size = column.BYTES_PER_ELEMENT;
    for (let byte = 0; byte < size; byte++) {
      for (let to = byte; to < target.length; to += size) target[to] = bytes[at++]!;
    }
    return column;
  });
  return columns as [...Columns<C>, ...Partial<Columns<O>>];
}

/** Bytes of one value of each column. */
const widthOf = (codes: readonly ColumnCode[]): number =>
  codes.reduce((sum, code) => sum + emptyColumn(code, 1).byteLength, 0);

/** zlib of Node.js, where that is: it inflates several times as fast. */
const native = globalThis.process?.getBuiltinModule?.("node:zlib");

function inflated(payload: Uint8Array): Uint8Array {
  if (!native) return unzlibSync(payload);
  try {
    return native.inflateSync(payload);
  } catch {
    // It says what is wrong with them.
    return unzlibSync(payload);
  }
}

function emptyColumn(code: ColumnCode, count: number): Column {
  if (code === "d") return new Float64Array(count);
  return code === "I" ? new Uint32Array(count) : new Uint8Array(count);
}
