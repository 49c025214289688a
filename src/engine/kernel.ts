import type { EngineMemory } from "./engine-memory.ts";
import type { EnginePart } from "./part.ts";
import type { EngineSettings } from "./settings.ts";

/** An event loop over an engine's memory; all kernels leave the same bits in it. */
export interface Kernel {
  /** Prepares what follows from the state, whenever that has been set from outside. */
  begin(): void;

  /**
   * Serves all events before `untilMs`; stops earlier, after any event, when the output is full.
   *
   * @returns whether all were served
   */
  run(untilMs: number): boolean;
}

/** How a kernel comes to its memory. */
export interface KernelFactory {
  createBuffer(bytes: number): ArrayBufferLike;
  createKernel(memory: EngineMemory, settings: EngineSettings, part?: EnginePart): Kernel;
}
