import { compile, loader, SuccessiveMemory } from "../webassembly/loading.ts";
import { POINT, plainPass, type TransformPass } from "./plain-passes.ts";
import { kernelBase64 } from "./transform-binary.ts";

/** The largest factor of a length that is transformed as such: its points are all combined. */
export const LARGEST_FACTOR = 127;

/** Larger transforms, with seven tapers, would take more than 400 MB of the memory of WebAssembly. */
const MOST_COMPILED_POINTS = 2 ** 21;

/** Functions of transforms.ts, of sizes and addresses. */
export type TransformKernel = Record<"pass" | "taper" | "powers", (...all: number[]) => void>;

const compiled = loader<WebAssembly.Module | undefined>(
  () => compile(kernelBase64),
  () => undefined,
);

/** Fourier transform of two complex signals at a time, in WebAssembly where there is such. */
export class FourierTransform {
  /** Points to be transformed, of four numbers each: real parts, then imaginary ones. */
  readonly points: Float64Array;
  /** Numbers that are kept where the kernel reaches them. */
  readonly room: Float64Array;
  /** Undefined where there is no WebAssembly. */
  readonly kernel: TransformKernel | undefined;
  readonly #passes: readonly TransformPass[];
  readonly #table: Float64Array;
  readonly #other: Float64Array;
  readonly #pairs: number;

  /**
   * @param size number of points, without prime factors above 127
   * @param room how many numbers are kept
   * @param memory left by a transform that is not used any more
   */
  constructor(size: number, isCompiled = true, room = 0, memory = new SuccessiveMemory()) {
    const module = isCompiled && size <= MOST_COMPILED_POINTS ? compiled() : undefined;
    const count = (2 * POINT + 2) * size;
    this.#passes = passesOf(size);
    this.#pairs = 8 * (count + room);
    const taken = module && memory.take(this.#pairs + 64 * LARGEST_FACTOR);
    const doubles = (from: number, count: number) =>
      taken ? new Float64Array(taken.buffer, 8 * from, count) : new Float64Array(count);
    this.points = doubles(0, POINT * size);
    this.#other = doubles(POINT * size, POINT * size);
    this.#table = doubles(2 * POINT * size, 2 * size);
    this.room = doubles(count, room);
    fillTable(this.#table);
    if (module) {
      const { exports } = new WebAssembly.Instance(module, { env: { memory: taken! } });
      this.kernel = exports as TransformKernel;
    }
  }

  /** Transforms the points, which are used on the way; the result is valid until the next. */
  transform(): Float64Array {
    let [from, to] = [this.points, this.#other];
    for (const pass of this.#passes) {
      if (this.kernel) {
        const { radix, size, stride } = pass;
        const addresses = [from, to, this.#table].map(({ byteOffset }) => byteOffset);
        this.kernel.pass(radix, size, stride, ...addresses, this.#pairs);
      } else plainPass(pass, from, to, this.#table);
      [from, to] = [to, from];
    }
    return from;
  }
}

/** The passes for a number of points, those that combine most last: their loops are longest. */
function passesOf(size: number): TransformPass[] {
  let stride = 1;
  return factorsOf(size).map((radix) => {
    const pass = { radix, size, stride };
    stride *= radix;
    return pass;
  });
}

/** Prime factors in ascending order, but for 4 in place of 2 · 2. */
function factorsOf(size: number): number[] {
  const factors: number[] = [];
  let left = size;
  for (const factor of [4, 2]) {
    for (; left % factor === 0; left /= factor) factors.push(factor);
  }
  for (let factor = 3; left > 1; factor += 2) {
    for (; left % factor === 0; left /= factor) factors.push(factor);
  }
  return factors;
}

/** True if no prime factor of a number is above another. */
export function isSmooth(size: number, largestFactor: number): boolean {
  let left = size;
  for (let factor = 2; factor <= largestFactor; factor++) {
    while (left % factor === 0) left /= factor;
  }
  return left === 1;
}

/** exp(−2πi k / size); factors of k and size − k are conjugate to the last bit. */
function fillTable(table: Float64Array): void {
  const size = table.length / 2;
  for (let k = 0; 2 * k <= size; k++) {
    const angle = (2 * Math.PI * k) / size;
    const other = (size - k) % size;
    table[2 * other] = Math.cos(angle);
    table[2 * other + 1] = Math.sin(angle);
    table[2 * k] = table[2 * other]!;
    table[2 * k + 1] = -Math.sin(angle);
  }
}
