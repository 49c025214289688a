/**
 * One buffer for everything the engine computes with.
 *
 * All arrays are views of a single buffer, what is fixed first and the state in one piece: a
 * snapshot is a copy of that piece, and a kernel in another language can run on the same bytes.
 */

/** A cache line: records of a line or a part of one never lie across two. */
const LINE_BYTES = 64;

const constructors = {
  f64: Float64Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const;

export type Kind = keyof typeof constructors;
export type ArrayOf<K extends Kind = Kind> = InstanceType<(typeof constructors)[K]>;

/** An array to allocate: element kind and length. */
export interface Section<K extends Kind = Kind> {
  readonly kind: K;
  readonly length: number;
}

export const f64 = (length: number): Section<"f64"> => ({ kind: "f64", length });
export const i32 = (length: number): Section<"i32"> => ({ kind: "i32", length });
export const u32 = (length: number): Section<"u32"> => ({ kind: "u32", length });
export const u8 = (length: number): Section<"u8"> => ({ kind: "u8", length });

type Layout = Readonly<Record<string, Section>>;

/** The arrays of a layout. */
export type Views<L extends Layout> = {
  readonly [N in keyof L]: L[N] extends Section<infer K> ? ArrayOf<K> : never;
};

/** Bytes that `layout` needs, each array aligned to cache lines. */
export function byteLength(layout: Layout): number {
  let bytes = 0;
  for (const { kind, length } of Object.values(layout)) bytes += alignedBytes(kind, length);
  return bytes;
}

/** Addresses of the arrays of `layout`, laid out from `byteOffset` on, in bytes. */
export function placesOf<const L extends Layout>(layout: L, byteOffset = 0) {
  let offset = byteOffset;
  const places = Object.entries(layout).map(([name, { kind, length }]) => {
    const place = offset;
    offset += alignedBytes(kind, length);
    return [name, place];
  });
  return Object.fromEntries(places) as { readonly [N in keyof L]: number };
}

/**
 * Lays the arrays of `layout` over `buffer`, in order, from `byteOffset` on.
 *
 * @throws {RangeError} when the buffer is too short.
 */
export function allocate<const L extends Layout>(
  layout: L,
  buffer: ArrayBufferLike,
  byteOffset = 0,
): Views<L> {
  const places = placesOf(layout, byteOffset);
  const views = Object.entries(layout).map(([name, { kind, length }]) => {
    return [name, new constructors[kind](buffer as ArrayBuffer, places[name], length)];
  });
  return Object.fromEntries(views) as Views<L>;
}

function alignedBytes(kind: Kind, length: number): number {
  const bytes = constructors[kind].BYTES_PER_ELEMENT * length;
  return LINE_BYTES * Math.ceil(bytes / LINE_BYTES);
}
