import { crc32 } from "../numeric/crc32.ts";
import { numberJson } from "./number-json.ts";

/** CRC-32 of bytes, 8 hexadecimal digits. */
export const bytesChecksum = (bytes: Uint8Array): string =>
  crc32(bytes).toString(16).padStart(8, "0");

/** The same of text in UTF-8. */
export const textChecksum = (text: string): string => bytesChecksum(new TextEncoder().encode(text));

/** Checksums of files' texts by their names. */
export type FileChecksums = Readonly<Record<string, string>>;

/** Text that ends an object with the checksum of its other entries. */
const seal = (checksum: string) => `,\n  "crc32": "${checksum}"\n}\n`;

const SEAL_LENGTH = seal("00000000").length;

/** An object's entries as indented JSON, the last of them the checksum of the others. */
export function sealedJson(entries: object): string {
  const text = numberJson(entries, 2);
  return `${text.slice(0, -"\n}".length)}${seal(textChecksum(text))}`;
}

type Entries = Readonly<Record<string, unknown>>;

/** Value of a JSON text; by default, "NaN" and "Infinity" in it are texts like others. */
type Parser = (text: string) => unknown;

/** The entries of what {@link sealedJson} wrote; undefined when it is anything else. */
export function unsealed(text: string, parse: Parser = JSON.parse): Entries | undefined {
  return isSealed(text) ? (parse(entriesText(text)) as Entries) : undefined;
}

/** True if {@link sealedJson} wrote a text. */
export const isSealed = (text: string): boolean =>
  text.slice(-SEAL_LENGTH) === seal(textChecksum(entriesText(text)));

const entriesText = (text: string): string => `${text.slice(0, -SEAL_LENGTH)}\n}`;

/**
 * The line that an entry of a sealed object begins with, after its name; undefined where there is
 * no such entry. Much faster than parsing: only the object's own entries are indented by two, and
 * no text in JSON holds a line end.
 */
export function sealedLine(text: string, name: string): string | undefined {
  const start = `\n  "${name}": `;
  const at = text.indexOf(start);
  if (at < 0) return undefined;
  const from = at + start.length;
  return text.slice(from, text.indexOf("\n", from)).replace(/,$/, "");
}

/**
 * The same, or the entries of a file from before files were sealed.
 *
 * @param known all entries that such a file may have: with others, it is one that has lost its seal
 */
export function unsealedOrOlder(
  text: string,
  known: readonly string[],
  parse: Parser = JSON.parse,
): Entries | undefined {
  return unsealed(text, parse) ?? olderEntries(text, known, parse);
}

function olderEntries(text: string, known: readonly string[], parse: Parser): Entries | undefined {
  try {
    const value = parse(text);
    const isObject = typeof value === "object" && value !== null;
    return isObject && Object.keys(value).every((entry) => known.includes(entry))
      ? (value as Entries)
      : undefined;
  } catch {
    return undefined;
  }
}
