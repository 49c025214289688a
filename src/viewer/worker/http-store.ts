import type { RangeReader } from "../../overview/layout.ts";
import type { Overview } from "../../overview/reader.ts";
import { MissingFileError, type RunStore } from "../../recording/run-store.ts";
import { readingAhead } from "./read-ahead.ts";

/** The server cannot be reached, or refuses; the message says what to do. */
export class ServerError extends Error {
  override readonly name = "ServerError";
}

/** The page's server has ended, or the connection to it. */
export const serverGone = () =>
  new ServerError(
    "The server of this page does not answer. Start isocortex view again and open the address " +
      "that it prints; what was simulated live is still here.",
  );

/**
 * Bytes of a file of the server's, at once: workers may wait for them.
 *
 * @throws {ServerError} when the server does not answer, or refuses
 * @throws {MissingFileError} when there is no such file
 */
export function readRange(address: string, offset: number, length: number): Uint8Array {
  if (length <= 0) return new Uint8Array(0);
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  const end = Number.isFinite(length) ? offset + length - 1 : "";
  request.setRequestHeader("range", `bytes=${offset}-${end}`);
  try {
    request.send();
  } catch {
    throw serverGone();
  }
  if (request.status === 416) return new Uint8Array(0);
  if (request.status === 404) throw new MissingFileError(address);
  const bytes = new Uint8Array(request.response as ArrayBuffer);
  if (request.status > 299) throw new ServerError(new TextDecoder().decode(bytes).trim());
  return bytes;
}

/** A recorded run that the server has: read in parts, never written. */
export class HttpStore implements RunStore {
  readonly #base: string;
  readonly #files: readonly string[];
  readonly #overview: Overview;
  /** Headers of files and blocks that are known already, by path and place. */
  readonly #headers = new Map<string, ReadonlyMap<number, Uint8Array>>();
  readonly #readers = new Map<string, RangeReader>();
  readonly #sizes: ReadonlyMap<string, number>;

  /**
   * @param base address of the run
   * @param files files besides those that every run has
   */
  constructor(base: string, files: readonly string[], overview: Overview) {
    this.#base = base;
    this.#files = files;
    this.#overview = overview;
    this.#sizes = new Map(overview.head.files.map(({ path, bytes }) => [path, bytes]));
  }

  read(path: string, offset = 0, length = Number.POSITIVE_INFINITY): Uint8Array {
    const known = this.#headersOf(path)?.get(offset);
    if (known && length <= known.length) return known.subarray(0, length);
    const address = `${this.#base}${path}`;
    if (!this.#sizes.has(path)) return readRange(address, offset, length);
    const reader =
      this.#readers.get(path) ?? readingAhead((start, count) => readRange(address, start, count));
    this.#readers.set(path, reader);
    return reader(offset, length);
  }

  size(path: string): number | undefined {
    const known = this.#sizes.get(path);
    if (known !== undefined) return known;
    try {
      return this.read(path).length;
    } catch (error) {
      if (error instanceof MissingFileError) return undefined;
      throw error;
    }
  }

  list(folder: string): string[] {
    const prefix = `${folder}/`;
    const own = this.#files.filter((path) => path.startsWith(prefix));
    return own.map((path) => path.slice(prefix.length)).sort();
  }

  append(): never {
    throw readOnly();
  }
  truncate(): never {
    throw readOnly();
  }
  replace(): never {
    throw readOnly();
  }
  remove(): never {
    throw readOnly();
  }
  sync(): void {}

  #headersOf(path: string): ReadonlyMap<number, Uint8Array> | undefined {
    if (!this.#sizes.has(path)) return undefined;
    const known = this.#headers.get(path) ?? this.#overview.headers(path);
    this.#headers.set(path, known);
    return known;
  }
}

const readOnly = () => new Error("A run that is viewed is not written to.");
