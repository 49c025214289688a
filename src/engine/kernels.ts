import type { KernelFactory } from "./kernel.ts";
import { ScriptKernel } from "./script-kernel.ts";
import { openWasmKernel, wasmRuns } from "./wasm/wasm-kernel.ts";

/** `script` is the reference in plain TypeScript, `wasm` the fast one. */
export type KernelName = "script" | "wasm";

/** The fastest kernel that runs here. */
export function defaultKernel(): KernelName {
  return wasmRuns() ? "wasm" : "script";
}

export function openKernel(name: KernelName): KernelFactory {
  return name === "wasm"
    ? openWasmKernel()
    : {
        createBuffer: (bytes) => new ArrayBuffer(bytes),
        createKernel: (memory, settings, part) => new ScriptKernel(memory, settings, part),
      };
}
