import { crc32 } from "./crc32.ts";
import { numberJson } from "./number-json.ts";

/** CRC-32 of text in UTF-8, 8 hexadecimal digits. */
export const textChecksum = (text: string): string =>
  crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");

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

/** What text means as JSON; by default, "NaN" and "Infinity" in it are texts like others. */
type Parser = (text: string) => unknown;

/** The entries of what {@link sealedJson} wrote; undefined when it is anything else. */
export function unsealed(text: string, parse: Parser = JSON.parse): Entries | undefined {
  const entries = `${text.slice(0, -SEAL_LENGTH)}\n}`;
  if (text.slice(-SEAL_LENGTH) !== seal(textChecksum(entries))) return undefined;
  return parse(entries) as Entries;
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
