import { type EngineMemory, stateArrays } from "./engine-memory.ts";

/** To be raised when the same arrays come to mean something else. */
const STATE_VERSION = 4;

/** Which arrays a snapshot holds, in words: "1 control:8×8 cell:8×7520 …" (bytes × entries). */
export function stateLayout(memory: EngineMemory): string {
  const held = stateArrays(memory).map(
    ([name, array]) => `${name}:${array.BYTES_PER_ELEMENT}×${array.length}`,
  );
  return [STATE_VERSION, ...held].join(" ");
}
