import type { EngineMemory } from "./layout.ts";

/*
 * An external event that has been drawn ahead is a word of 64 bits: its cell, the low bits of its
 * time, and in the last two the place of its stream among those of the cell. The words of a window
 * thus increase in order of cell, time and stream. A window begins at a multiple of its length, so
 * the other bits of a time are those of the window's start: except early in a run, where times
 * differ in more bits than a word has room for, and events wait at their cells instead.
 */

/** Bits of a word below its cell, in a network of so many cells. */
export const cellShiftOf = (cells: number): number => 32 + Math.clz32(cells);

/** Windows at the start of a run whose events do not fit a word: a double has 52 bits behind its first. */
export const earlyWindowsOf = (cells: number): number =>
  1 << Math.max(0, 52 + 2 - cellShiftOf(cells));

/** Reader of the events that have been drawn ahead: time and target (4 · cell + receptor). */
export function eventReader({ event, active }: EngineMemory) {
  const words = new Uint32Array(event.buffer, event.byteOffset, 2 * event.length);
  const shift = cellShiftOf(active.length) - 32;
  const timeMs = new Float64Array(1);
  const timeWords = new Uint32Array(timeMs.buffer);
  return (place: number, windowStartMs: number) => {
    const [low, high] = [words[2 * place]!, words[2 * place + 1]!];
    timeMs[0] = windowStartMs;
    timeWords[0]! |= (low >>> 2) | (high << 30);
    timeWords[1]! |= (high & ((1 << shift) - 1)) >>> 2;
    return { timeMs: timeMs[0]!, target: 4 * (high >>> shift) + ((low & 3) ^ 2) };
  };
}
