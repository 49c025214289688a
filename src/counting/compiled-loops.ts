import { instantiate, loader } from "../webassembly/loading.ts";
import { kernelBase64 } from "./loop-binary.ts";
import { correlation, synchrony, tiling } from "./loops.ts";

/** The loops in plain form. */
export const plainLoops = { correlation, synchrony, tiling } as const;

type Loops = typeof plainLoops;
export type LoopName = keyof Loops;

/** Arrays that a loop takes, in order of its arguments. */
type Numbers = Float64Array | Uint32Array | Int32Array;

/** Of each loop, how many arrays it only reads; they come before those that it changes. */
const READ_ONLY: Readonly<Record<LoopName, number>> = { correlation: 3, synchrony: 3, tiling: 3 };

/** Memory for the arrays of a call: eight times the times of a full block of a record. */
const MEMORY_BYTES = 524_288;
const MOST_COPIED = 8;

/** The loops in WebAssembly, in one memory, to and from which arrays are copied. */
class CompiledLoops {
  readonly #loops: Readonly<Record<LoopName, (...args: number[]) => number>>;
  readonly #doubles: Float64Array;
  readonly #words: Uint32Array;
  readonly #signed: Int32Array;

  /** @throws {Error} where the environment cannot compile them */
  constructor() {
    const { exports, memory } = instantiate(kernelBase64, MEMORY_BYTES);
    this.#loops = exports as Record<LoopName, (...args: number[]) => number>;
    this.#doubles = new Float64Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#signed = new Int32Array(memory.buffer);
  }

  call(name: LoopName, args: readonly (Numbers | number)[]): number {
    let end = 0;
    const addresses = args.map((arg) => {
      if (typeof arg === "number") return arg;
      const address = end;
      end += roomOf(arg);
      this.#viewLike(arg).set(arg, address / arg.BYTES_PER_ELEMENT);
      return address;
    });
    const result = this.#loops[name](...addresses);
    for (let k = READ_ONLY[name]; k < args.length; k++) {
      const arg = args[k]!;
      if (typeof arg === "number") break;
      const first = addresses[k]! / arg.BYTES_PER_ELEMENT;
      arg.set(this.#viewLike(arg).subarray(first, first + arg.length));
    }
    return result;
  }

  #viewLike(array: Numbers): Numbers {
    if (array instanceof Float64Array) return this.#doubles;
    return array instanceof Uint32Array ? this.#words : this.#signed;
  }
}

/** Bytes of an array, as many as let the next begin at a multiple of 8. */
const roomOf = ({ byteLength }: Numbers): number => (byteLength + 7) & ~7;

/** The compiled loops; undefined where there are none, as in a page that does not allow WebAssembly. */
export const compiledLoops = loader<CompiledLoops | undefined>(
  () => new CompiledLoops(),
  () => undefined,
);

/** True if there is room for arrays, and copying them takes less time than the loop saves. */
function isWorthCopying(args: readonly (Numbers | number)[]): boolean {
  let bytes = 0;
  for (const arg of args) if (typeof arg !== "number") bytes += roomOf(arg);
  return bytes <= Math.min(MEMORY_BYTES, MOST_COPIED * (args[0] as Numbers).byteLength);
}

/** Calls a loop, in WebAssembly or in plain form, to the same bits. */
export function callLoop<Name extends LoopName>(name: Name, ...args: Parameters<Loops[Name]>) {
  const compiled = isWorthCopying(args) ? compiledLoops() : undefined;
  if (compiled) return compiled.call(name, args);
  return (plainLoops[name] as (...all: Parameters<Loops[Name]>) => number)(...args);
}
