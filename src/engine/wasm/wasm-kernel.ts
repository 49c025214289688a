import { stepHigh, stepLow, stepsPerUnit } from "../../numeric/exponential.ts";
import { logarithmOfTwoHigh, logarithmOfTwoLow } from "../../numeric/logarithm-table.ts";
import type { EngineMemory } from "../engine-memory.ts";
import type { Kernel, KernelFactory } from "../kernel.ts";
import type { EngineSettings } from "../settings.ts";
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
    createKernel(views, settings) {
      const { exports } = new WebAssembly.Instance(module, {
        env: { memory },
        memory: addressesAndSettings(views, settings),
      });
      const run = exports["run"] as (untilMs: number) => number;
      return { run: (untilMs): boolean => run(untilMs) === 1 } satisfies Kernel;
    },
  };
}

/** Where each array stands and what the settings are, by the names that the kernel imports. */
function addressesAndSettings(
  views: EngineMemory,
  settings: EngineSettings,
): Record<string, number> {
  const addresses = Object.entries(views).map(([name, view]) => [name, view.byteOffset]);
  return {
    ...Object.fromEntries(addresses),
    ...settings,
    cells: views.alive.length,
    trainingInputs: views.trainingTimeMs.length,
    logarithmOfTwoHigh,
    logarithmOfTwoLow,
    exponentialStepHigh: stepHigh,
    exponentialStepLow: stepLow,
    exponentialStepsPerUnit: stepsPerUnit,
  };
}
