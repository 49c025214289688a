import type { EngineMemory } from "./engine-memory.ts";
import { ScriptKernel } from "./script-kernel.ts";
import type { EngineSettings } from "./settings.ts";
import { openWasmKernel, wasmRuns } from "./wasm/wasm-kernel.ts";

/** An event loop over an engine's memory; all kernels leave the same bits in it. */
export interface Kernel {
  /**
   * Serves all events before `untilMs`; stops earlier, after any event, when the output is full.
   *
   * @returns whether all were served
   */
  run(untilMs: number): boolean;
}

/** `script` is the reference in plain TypeScript, `wasm` the fast one. */
export type KernelName = "script" | "wasm";

/** How a kernel comes to its memory. */
export interface KernelFactory {
  createBuffer(bytes: number): ArrayBufferLike;
  createKernel(memory: EngineMemory, settings: EngineSettings): Kernel;
}

/** The fastest kernel that runs here. */
export function defaultKernel(): KernelName {
  return wasmRuns() ? "wasm" : "script";
}

export function openKernel(name: KernelName): KernelFactory {
  return name === "wasm"
    ? openWasmKernel()
    : {
        createBuffer: (bytes) => new ArrayBuffer(bytes),
        createKernel: (memory, settings) => new ScriptKernel(memory, settings),
      };
}
