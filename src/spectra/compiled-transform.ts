import { compile, createMemory, loader } from "../webassembly/loading.ts";
import { kernelBase64 } from "./transform-binary.ts";

/** Points of a part of large transforms, as in kernel/transforms.ts. */
const PART_POINTS = 8192;

/** Larger transforms would take more than 300 MB. */
const MOST_POINTS = 2 ** 21;

type KernelFunction = "transform" | "transformBack" | "chirp" | "spread" | "multiply" | "powers";

/** The functions of kernel/transforms.ts, of addresses and sizes. */
type KernelFunctions = Record<KernelFunction, (...addresses: number[]) => void>;

/** The chirp exp(−πi t² / n) and the transform of its conjugate, for lengths other than powers of two. */
export interface Bluestein {
  readonly chirp: Float64Array;
  readonly filter: Float64Array;
}

/** Tables from which transforms of signals of one length follow. */
export interface TransformNeeds {
  /** Samples of each signal. */
  readonly length: number;
  /** Points of the transform: a power of two. */
  readonly size: number;
  readonly bluestein?: Bluestein;
}

const compiled = loader<WebAssembly.Module | undefined>(
  () => compile(kernelBase64),
  () => undefined,
);

/** Places in the memory of a transform, and its end, bytes. */
function placesOf({ length, size, bluestein }: TransformNeeds) {
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += 64 * Math.ceil(bytes / 64);
    return at;
  };
  const places = {
    zero: place(32),
    reversal: place(4 * PART_POINTS),
    table: place(16 * size),
    signals: place(16 * length),
    input: place(32 * length),
    output: place(32 * size),
    chirpFactors: place(bluestein ? 16 * length : 0),
    filterFactors: place(bluestein ? 16 * size : 0),
    products: place(bluestein ? 32 * size : 0),
  };
  return { ...places, end };
}

/** Power spectra of two signals at a time in WebAssembly, to the bits of `PowerTransform` without it. */
class CompiledTransform {
  readonly #length: number;
  readonly #size: number;
  readonly #isConvolved: boolean;
  readonly #places: ReturnType<typeof placesOf>;
  readonly #functions: KernelFunctions;
  /** Samples of the signal with each taper in turn, then their powers. */
  readonly #signals: Float64Array;

  constructor(module: WebAssembly.Module, needs: TransformNeeds) {
    const { length, size, bluestein } = needs;
    const places = placesOf(needs);
    const memory = createMemory(places.end);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    this.#length = length;
    this.#size = size;
    this.#isConvolved = bluestein !== undefined;
    this.#places = places;
    this.#functions = exports as KernelFunctions;
    const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
    fillTable(doubles(places.table, 2 * size));
    fillReversal(new Uint32Array(memory.buffer, places.reversal, PART_POINTS), size);
    if (bluestein) {
      doubles(places.chirpFactors, 2 * length).set(bluestein.chirp);
      doubles(places.filterFactors, 2 * size).set(bluestein.filter);
    }
    this.#signals = doubles(places.signals, 2 * length);
  }

  /** Powers of a signal with one or two tapers at ⌊length / 2⌋ + 1 frequencies; see `PowerTransform`. */
  powers(signal: Float64Array, tapers: readonly Float64Array[]): Float64Array[] {
    const length = this.#length;
    const values = this.#signals;
    const [one, other = one] = tapers;
    for (let t = 0; t < length; t++) {
      values[2 * t] = one![t]! * signal[t]!;
      values[2 * t + 1] = other![t]! * signal[t]!;
    }
    const frequencies = Math.floor(length / 2) + 1;
    this.#transform(frequencies);
    return tapers.map((_, lane) => {
      const power = new Float64Array(frequencies);
      for (let f = 0; f < frequencies; f++) power[f] = values[2 * f + lane]!;
      return power;
    });
  }

  #transform(frequencies: number): void {
    const [length, size, isConvolved] = [this.#length, this.#size, this.#isConvolved];
    const { zero, reversal, table, signals, input, output, products } = this.#places;
    const { chirpFactors, filterFactors } = this.#places;
    const call = this.#functions;
    if (isConvolved) call.chirp(signals, chirpFactors, length, input);
    else call.spread(signals, length, input);
    call.transform(size, input, length, zero, output, reversal, table);
    if (isConvolved) {
      call.multiply(output, filterFactors, size, products);
      call.transformBack(size, products, zero, output, reversal, table);
    }
    call.powers(output, frequencies, isConvolved ? 1 / size : 1, signals);
  }
}

/** exp(−2πi k / size), from the same angles as fft.js. */
function fillTable(table: Float64Array): void {
  const size = table.length / 2;
  for (let k = 0; k < table.length; k += 2) {
    const angle = (Math.PI * k) / size;
    table[k] = Math.cos(angle);
    table[k + 1] = -Math.sin(angle);
  }
}

/** Numbers of the smallest transforms of a part, with their digits to base 4 in reverse. */
function fillReversal(reversal: Uint32Array, size: number): void {
  let points = size;
  while (points > PART_POINTS) points /= 4;
  const count = points / (Math.log2(points) % 2 === 0 ? 4 : 2);
  for (let t = 0; t < count; t++) {
    let [left, result] = [t, 0];
    for (let digit = 1; digit < count; digit *= 4) {
      result = 4 * result + (left & 3);
      left >>= 2;
    }
    reversal[t] = result;
  }
}

/** A compiled transform; undefined where there is none, or for sizes that it does not serve. */
export function compiledTransform(needs: TransformNeeds): CompiledTransform | undefined {
  if (needs.size < 4 || needs.size > MOST_POINTS) return undefined;
  const module = compiled();
  return module && new CompiledTransform(module, needs);
}
