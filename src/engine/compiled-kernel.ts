import { stepHigh, stepLow, stepsPerUnit } from "../numeric/exponential.ts";
import { logarithmOfTwoHigh, logarithmOfTwoLow } from "../numeric/logarithm-table.ts";
import * as scalarConstants from "../rules/scalar-constants.ts";
import { compile, createMemory, loader, MOST_MEMORY_BYTES } from "../webassembly/loading.ts";
import { cellShiftOf, earlyWindowsOf } from "./drawn-events.ts";
import { kernelBase64 } from "./kernel-binary.ts";
import type { EngineMemory } from "./layout.ts";
import { type EnginePart, sharesColumns } from "./part.ts";
import { RULE_COUNT } from "./rule-tables.ts";
import type { EngineSettings } from "./settings.ts";

/** The event loop over an engine's memory, compiled from kernel/ to WebAssembly. */
export interface Kernel {
  /** Prepares what follows from the state, whenever that has been set from outside. */
  begin(): void;

  /**
   * Serves all events before `untilMs`; stops earlier, after any event, when the output is full.
   *
   * @returns whether all were served
   */
  run(untilMs: number): boolean;

  /** Brings the cell record in `reading`, of a cell of this class, to `nowMs`, and sums it up. */
  read(ofClass: number, nowMs: number): void;
}

/** The environment cannot run the compiled kernel. */
class KernelError extends Error {
  override readonly name = "KernelError";

  constructor(cause: unknown) {
    super(
      `The simulation kernel cannot be compiled here: ${cause}. It needs WebAssembly with 128-bit ` +
        "SIMD: Node.js 16.4, Chromium 91, Firefox 89, Safari 16.4, or later ones; in a page, a " +
        "content security policy that allows 'wasm-unsafe-eval'. The reference engine, " +
        '{ engine: "reference" }, needs neither, and is some hundred times slower.',
      { cause },
    );
  }
}

const kernelModule = loader(
  () => compile(kernelBase64),
  (cause) => {
    throw new KernelError(cause);
  },
);

/**
 * Memory of the engine that the compiled kernel works on: of at least so many bytes, all zeros.
 *
 * @throws {RangeError} when that is more than a kernel can address
 */
export function createKernelMemory(bytes: number): WebAssembly.Memory {
  if (bytes > MOST_MEMORY_BYTES) {
    throw new RangeError(
      `The simulation of this network takes ${bytes} bytes of memory: expected at most ${MOST_MEMORY_BYTES}. Choose a smaller sizeFactor or connectionFactor.`,
    );
  }
  return createMemory(bytes);
}

/**
 * Makes a kernel that works on an engine's memory.
 *
 * @throws {KernelError} where the environment cannot run it
 */
export function createKernel(
  views: EngineMemory,
  settings: EngineSettings,
  part?: EnginePart,
  columns = 1,
): Kernel {
  const { exports } = new WebAssembly.Instance(kernelModule(), {
    env: { memory: views.linear },
    addresses: views.addresses,
    memory: { ...numbersOf(views, settings), ...divisionOf(part, columns) },
    "scalar-constants": { ...scalarConstants },
    spikes: { exchange: (count: number) => part?.exchange(views, count) ?? count },
  });
  const begin = exports["begin"] as () => void;
  const run = exports["run"] as (untilMs: number) => number;
  const read = exports["read"] as Kernel["read"];
  return { begin, run: (untilMs) => run(untilMs) === 1, read };
}

/** The number of engines, and whether they share out columns. */
const divisionOf = (part: EnginePart | undefined, columns: number): Record<string, number> => ({
  parts: part?.count ?? 1,
  wholeColumns: part && part.count > 1 && sharesColumns(part.count, columns) ? 1 : 0,
});

/** The settings, sizes and numeric constants, by the names that the kernel imports. */
function numbersOf(views: EngineMemory, settings: EngineSettings): Record<string, number> {
  return {
    ...settings,
    cells: views.active.length,
    columnSynapses: views.columnPostsynaptic.length,
    ruleCount: RULE_COUNT,
    cellShift: cellShiftOf(views.active.length),
    earlyWindows: earlyWindowsOf(views.active.length),
    logarithmOfTwoHigh,
    logarithmOfTwoLow,
    exponentialStepHigh: stepHigh,
    exponentialStepLow: stepLow,
    exponentialStepsPerUnit: stepsPerUnit,
  };
}
