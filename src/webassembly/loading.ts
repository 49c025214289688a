const PAGE_BYTES = 65_536;

/** Largest memory that addresses of 32 bits reach, bytes. */
export const MOST_MEMORY_BYTES = 65_536 * PAGE_BYTES;

/** Memory of at least so many bytes, all zeros. */
export const createMemory = (bytes: number): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });

/** Memory for one user after another, of which each leaves it to the next. */
export class SuccessiveMemory {
  #memory: WebAssembly.Memory | undefined;

  /** At least so many bytes, all zeros; what was taken before is lost. */
  take(bytes: number): WebAssembly.Memory {
    if (this.#memory === undefined) this.#memory = createMemory(bytes);
    else new Uint8Array(this.#memory.buffer).fill(0);
    const missing = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) this.#memory.grow(missing);
    return this.#memory;
  }
}

/**
 * Compiled form of a module, at once: with less than 25 kB, browsers that compile only small modules
 * outside workers (Chromium: 8 MB) do so as well.
 *
 * @param base64 the module as the package contains it
 */
export const compile = (base64: string): WebAssembly.Module =>
  new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

/** Exports of a new instance of a module, and its own memory of at least so many bytes. */
export function instantiate(base64: string, bytes: number) {
  const memory = createMemory(bytes);
  const { exports } = new WebAssembly.Instance(compile(base64), { env: { memory } });
  return { exports, memory };
}

/**
 * Loader of what needs a compiled module; it loads when first called, and only once.
 *
 * @param otherwise called instead whenever the first attempt has failed, such as in a page that does
 *   not allow WebAssembly
 */
export function loader<T>(load: () => T, otherwise: (cause: unknown) => T): () => T {
  let loaded: { readonly value: T } | { readonly cause: unknown } | undefined;
  const attempt = () => {
    try {
      return { value: load() };
    } catch (cause) {
      return { cause };
    }
  };
  return () => {
    loaded ??= attempt();
    return "value" in loaded ? loaded.value : otherwise(loaded.cause);
  };
}
