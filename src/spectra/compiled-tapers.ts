import { instantiate, loader } from "../webassembly/loading.ts";
import { kernelBase64 } from "./taper-binary.ts";
import { CHUNK, CONCENTRATIONS, END, LEAKS, MOST_TAPERS, POWERS, RESULTS } from "./taper-memory.ts";

type Combine = (tapers: number, out: number, count: number) => void;

/** Thomson's adaptive weights in WebAssembly: the bits of `combinedSpectrum`, many times as fast. */
class CompiledTapers {
  readonly #combine: Combine;
  readonly #concentrations: Float64Array;
  readonly #leaks: Float64Array;
  readonly #results: Float64Array;
  readonly #powers: Float64Array;

  /** @throws {Error} where the environment cannot compile them */
  constructor() {
    const { exports, memory } = instantiate(kernelBase64, END);
    this.#combine = exports["combine"] as Combine;
    this.#concentrations = new Float64Array(memory.buffer, CONCENTRATIONS, MOST_TAPERS);
    this.#leaks = new Float64Array(memory.buffer, LEAKS, MOST_TAPERS);
    this.#results = new Float64Array(memory.buffer, RESULTS, CHUNK);
    this.#powers = new Float64Array(memory.buffer, POWERS, MOST_TAPERS * CHUNK);
  }

  /**
   * Combines the spectra with all tapers but one.
   *
   * @param powers spectra with each taper, at all frequencies
   * @param noise σ² Δt, above 0
   * @param outs tapers that are left out, one for each result; none is by their number
   * @param densities where the results are put
   */
  combine(
    powers: readonly Float64Array[],
    concentrations: Float64Array,
    noise: number,
    outs: readonly number[],
    densities: readonly Float64Array[],
  ): void {
    const tapers = powers.length;
    const length = powers[0]!.length;
    this.#concentrations.set(concentrations);
    for (let k = 0; k < tapers; k++) this.#leaks[k] = (1 - concentrations[k]!) * noise;
    for (let from = 0; from < length; from += CHUNK) {
      const count = Math.min(CHUNK, length - from);
      for (let k = 0; k < tapers; k++) {
        this.#powers.set(powers[k]!.subarray(from, from + count), k * CHUNK);
      }
      for (const [index, out] of outs.entries()) {
        this.#combine(tapers, out, count);
        densities[index]!.set(this.#results.subarray(0, count), from);
      }
    }
  }
}

/** The compiled weights; where there are none, the plain ones serve as well. */
const tapers = loader<CompiledTapers | undefined>(
  () => new CompiledTapers(),
  () => undefined,
);

/** The compiled weights for so many tapers; undefined where there are none. */
export const compiledTapers = (count: number): CompiledTapers | undefined =>
  count > MOST_TAPERS ? undefined : tapers();
