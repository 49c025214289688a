import {
  shiftToWhole,
  shortLimit,
  stepHigh,
  stepLow,
  stepsPerUnit,
} from "../../numeric/exponential.ts";
import { logarithmOfTwoHigh, logarithmOfTwoLow } from "../../numeric/logarithm-table.ts";
import type { EngineMemory } from "../engine-memory.ts";
import type { Kernel, KernelFactory } from "../kernel.ts";
import { MAGNESIUM_SLOPE_PER_MV } from "../membrane.ts";
import type { EngineSettings } from "../settings.ts";
import * as places from "../table-places.ts";
import { kernelBase64 } from "./kernel-binary.ts";

const PAGE_BYTES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** Compiles the kernel once; throws where the environment lacks WebAssembly with 128-bit SIMD. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0)),
  );
  return compiled;
}

/** Whether this environment can run the WebAssembly kernel. */
export function wasmRuns(): boolean {
  try {
    return kernelModule() !== undefined;
  } catch {
    return false;
  }
}

/**
 * Opens the kernel compiled from assembly/, with a memory of its own.
 *
 * @throws where the environment cannot run it; see `wasmRuns`.
 */
export function openWasmKernel(): KernelFactory {
  const module = kernelModule();
  let memory: WebAssembly.Memory;
  return {
    createBuffer(bytes) {
      memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
      return memory.buffer;
    },
    createKernel(views, settings, part) {
      checkPlaces(views);
      const { exports } = new WebAssembly.Instance(module, {
        env: { memory },
        memory: addressesAndSettings(views, settings, part?.count ?? 1),
        "scalar-constants": scalarConstants,
        spikes: { exchange: (count: number) => part?.exchange(views, count) ?? count },
      });
      const begin = exports["begin"] as () => void;
      const run = exports["run"] as (untilMs: number) => number;
      return { begin, run: (untilMs): boolean => run(untilMs) === 1 } satisfies Kernel;
    },
  };
}

const scalarConstants = {
  one: 1,
  half: 1 / 2,
  sixth: 1 / 6,
  twentyFourth: 1 / 24,
  hundredTwentieth: 1 / 120,
  shiftToWhole,
  shortLimit,
  magnesiumSlopePerMv: MAGNESIUM_SLOPE_PER_MV,
};

/** Where the compiled kernel expects tables; it would compute nonsense if they stood elsewhere. */
const expectedPlaces = {
  classConstant: places.CLASS_CONSTANT_AT,
  externalWeightMv: places.EXTERNAL_WEIGHT_AT,
  receptorMask: places.RECEPTOR_MASK_AT,
  inverseReversal: places.INVERSE_REVERSAL_AT,
  reversalMv: places.REVERSAL_AT,
  stepsPerMs: places.STEPS_PER_MS_AT,
  work: places.WORK_AT,
  exponentialRoot: places.EXPONENTIAL_ROOT_AT,
  octaveTable: places.OCTAVE_TABLE_AT,
  logarithmTable: places.LOGARITHM_TABLE_AT,
  decayTable: places.DECAY_TABLE_AT,
  interpolation: places.INTERPOLATION_AT,
  vectorConstants: places.VECTOR_CONSTANTS_AT,
  intervalMs: places.INTERVAL_AT,
  control: places.STATE_AT,
  cell: places.CELL_AT,
} as const satisfies Partial<Record<keyof EngineMemory, number>>;

/** @throws {Error} when table-places.ts and engine-memory.ts do not fit. */
function checkPlaces(views: EngineMemory): void {
  for (const [name, place] of Object.entries(expectedPlaces)) {
    const { byteOffset } = views[name as keyof typeof expectedPlaces];
    if (byteOffset !== place) throw new Error(`${name} stands at ${byteOffset}, not at ${place}.`);
  }
}

/** Where each array stands and what the settings are, by the names that the kernel imports. */
function addressesAndSettings(
  views: EngineMemory,
  settings: EngineSettings,
  parts: number,
): Record<string, number> {
  const addresses = Object.entries(views).map(([name, view]) => [name, view.byteOffset]);
  return {
    ...Object.fromEntries(addresses),
    ...settings,
    cells: views.alive.length,
    parts,
    trainingInputs: views.trainingTimeMs.length,
    logarithmOfTwoHigh,
    logarithmOfTwoLow,
    exponentialStepHigh: stepHigh,
    exponentialStepLow: stepLow,
    exponentialStepsPerUnit: stepsPerUnit,
  };
}
