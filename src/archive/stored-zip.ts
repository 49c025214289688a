import { crc32 } from "../numeric/crc32.ts";

/** A file to be packed. */
export interface ZipEntry {
  readonly name: string;
  /** When it was changed; archives keep the local time. */
  readonly modified: Date;
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What the directory of an archive says of a file. */
interface PackedFile {
  readonly name: Uint8Array;
  readonly modified: Date;
  readonly crc: number;
  readonly bytes: number;
  /** Where its header begins in the archive. */
  readonly offset: number;
}

/** A number, ≥ 0, and the bytes that it takes. */
type Field = readonly [width: 2 | 4 | 8, value: number];

const LOCAL_HEADER_BYTES = 30;

/** In fields of 32 and 16 bits: "see the 64-bit field". */
const ESCAPE = 0xffffffff;
const SHORT_ESCAPE = 0xffff;

/** Version 4.5 of the format: 64-bit fields. */
const version: Field = [2, 45];
/** Sizes follow the content; names are UTF-8. Stored, not compressed. */
const flagsAndMethod: readonly Field[] = [
  [2, 0x0808],
  [2, 0],
];
const madeByUnix: Field = [2, 0x0300 | 45];
/** A regular file, rw-rw-r--. */
const permissions: Field = [4, 0o100664 * 0x10000];

/**
 * Files as an uncompressed zip archive, written as they are read: their sizes need not be known, and
 * may exceed 4 GiB (APPNOTE.TXT 6.3, sections 4.3 to 4.5).
 */
export function storedZip(entries: Iterable<ZipEntry>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = zipPieces(entries);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel(reason) {
      await pieces.return(reason);
    },
  });
}

/** Bytes of the archive of files of known sizes. */
export function storedZipBytes(files: readonly { name: string; bytes: number }[]): number {
  let offset = 0;
  const packed = files.map(({ name: text, bytes }): PackedFile => {
    const file = {
      name: new TextEncoder().encode(text),
      modified: new Date(),
      crc: 0,
      bytes,
      offset,
    };
    offset += LOCAL_HEADER_BYTES + file.name.length + bytes + descriptor(file).length;
    return file;
  });
  return directory(packed, offset).reduce((sum, { length }) => sum + length, offset);
}

async function* zipPieces(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  const files: PackedFile[] = [];
  let offset = 0;
  for (const { name: text, modified, pieces } of entries) {
    const name = new TextEncoder().encode(text);
    yield localHeader(name, modified);
    let [crc, bytes] = [0, 0];
    for await (const piece of pieces) {
      crc = crc32(piece, crc);
      bytes += piece.length;
      yield piece;
    }
    const file = { name, modified, crc, bytes, offset };
    const end = descriptor(file);
    yield end;
    files.push(file);
    offset += LOCAL_HEADER_BYTES + name.length + bytes + end.length;
  }
  yield* directory(files, offset);
}

const localHeader = (name: Uint8Array, modified: Date): Uint8Array =>
  joined(
    signed(
      0x04034b50,
      version,
      ...flagsAndMethod,
      ...dosTime(modified),
      [4, 0],
      [8, 0],
      [2, name.length],
      [2, 0],
    ),
    name,
  );

/** The checksum and sizes after a file's content. */
const descriptor = ({ crc, bytes }: PackedFile): Uint8Array => {
  const width = bytes >= ESCAPE ? 8 : 4;
  return signed(0x08074b50, [4, crc], [width, bytes], [width, bytes]);
};

/** The list of all files, which begins at `offset`, and its end. */
function directory(files: readonly PackedFile[], offset: number): Uint8Array[] {
  const headers = files.map(directoryHeader);
  const bytes = headers.reduce((sum, { length }) => sum + length, 0);
  const isLong =
    offset >= ESCAPE || files.length >= SHORT_ESCAPE || files.some((file) => file.bytes >= ESCAPE);
  const count: Field = [2, Math.min(files.length, SHORT_ESCAPE)];
  const end = signed(0x06054b50, [4, 0], count, count, short(bytes), short(offset), [2, 0]);
  return [...headers, ...(isLong ? [longDirectoryEnd(files.length, bytes, offset)] : []), end];
}

function directoryHeader({ name, modified, crc, bytes, offset }: PackedFile): Uint8Array {
  const isLong = bytes >= ESCAPE;
  const long: Field[] = [
    ...(isLong
      ? ([
          [8, bytes],
          [8, bytes],
        ] as const)
      : []),
    ...(isLong || offset >= ESCAPE ? ([[8, offset]] as const) : []),
  ];
  const extra = long.length > 0 ? packed([2, 1], [2, 8 * long.length], ...long) : new Uint8Array();
  const header = signed(
    0x02014b50,
    ...[madeByUnix, version, ...flagsAndMethod, ...dosTime(modified)],
    ...([[4, crc], short(bytes), short(bytes)] as const),
    // No comment, disk 0, no internal attributes.
    ...([
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
    ] as const),
    permissions,
    short(offset),
  );
  return joined(header, name, extra);
}

function longDirectoryEnd(count: number, bytes: number, offset: number): Uint8Array {
  const counts: readonly Field[] = [
    [8, count],
    [8, count],
  ];
  const where: readonly Field[] = [
    [8, bytes],
    [8, offset],
  ];
  return joined(
    signed(0x06064b50, [8, 44], madeByUnix, version, [8, 0], ...counts, ...where),
    signed(0x07064b50, [4, 0], [8, offset + bytes], [4, 1]),
  );
}

const short = (value: number): Field => [4, Math.min(value, ESCAPE)];

/** Local time and date, in steps of two seconds since 1980. */
const dosTime = (date: Date): readonly Field[] => [
  [2, (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)],
  [2, ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()],
];

const signed = (signature: number, ...fields: readonly Field[]): Uint8Array =>
  packed([4, signature], ...fields);

/** Numbers one after another, least significant byte first. */
function packed(...fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
