import { receptorNumber } from "../model/receptors.ts";
import { negativeLogFraction } from "../numeric/logarithm.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import { CLASS_COUNT } from "./cell-record.ts";
import { BLOCK_END, BLOCK_START, STREAMS_FIRST } from "./control.ts";
import { type EngineMemory, EVENT } from "./engine-memory.ts";
import type { EngineSettings } from "./settings.ts";

/*
 * External input is drawn for a block of windows at a time, stream by stream: a stream's events are
 * next, next + interval, …, with interval = mean · (−ln u) and u the stream's next draw. Cells are
 * drawn class by class, and each event goes behind those already in its window, so that these come
 * out in order of class and cell without being sorted; only the few events of one cell still are.
 */

/** The order in which a cell's streams are numbered, which decides at equal times. */
const streamOrderOfReceptors = [
  receptorNumber.gabaProximal,
  receptorNumber.gabaDistal,
  receptorNumber.ampaDistal,
  receptorNumber.nmdaDistal,
] as const;

/** Place of an external input among other events of its time. */
export function streamOrder(memory: EngineMemory, cell: number, receptor: number): number {
  return memory.streamNumber[4 * cell + receptor]! - STREAMS_FIRST;
}

/** Place of a window's first event. */
export function firstEventOf(settings: EngineSettings, window: number): number {
  return EVENT * settings.windowCapacity * window;
}

/** Place behind the last event of a class in a window. */
export function endOfClass(
  { classEnd }: EngineMemory,
  settings: EngineSettings,
  ofClass: number,
  window: number,
): number {
  return classEnd[ofClass * (settings.blockWindows + 1) + window]!;
}

/** Draws all external input of the block of windows that begins with `startWindow`. */
export function drawBlock(
  memory: EngineMemory,
  settings: EngineSettings,
  startWindow: number,
): void {
  const { work, windowCursor, cellsByClass, classCells, classEnd } = memory;
  const { blockWindows } = settings;
  work[BLOCK_START] = startWindow;
  work[BLOCK_END] = startWindow + blockWindows;
  for (let window = 0; window < blockWindows; window++) {
    windowCursor[window] = firstEventOf(settings, window);
  }
  let k = 0;
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    for (; k < classCells[ofClass]!; k++) {
      const target = 4 * cellsByClass[k]!;
      for (const receptor of streamOrderOfReceptors) {
        drawStream(memory, settings, target + receptor);
      }
    }
    classEnd.set(windowCursor, ofClass * (blockWindows + 1));
  }
}

/** Draws a stream's events in the present block. */
function drawStream(memory: EngineMemory, settings: EngineSettings, target: number): void {
  const { work, event, eventWord, windowCursor } = memory;
  const { streamNextMs, streamRemaining, streamHigh, streamLow, streamMeanMs } = memory;
  const startMs = work[BLOCK_START]! * settings.windowMs;
  const endMs = work[BLOCK_END]! * settings.windowMs;
  const meanMs = streamMeanMs[target]!;
  let nextMs = streamNextMs[target]!;
  while (nextMs < endMs) {
    const window = Math.floor((nextMs - startMs) * settings.windowsPerMs);
    const place = windowCursor[window]!;
    if (place === firstEventOf(settings, window + 1)) {
      throw new RangeError("Too many external events at one time.");
    }
    event[place] = nextMs;
    eventWord[2 * place + 2] = target;
    windowCursor[window] = place + EVENT;
    streamRemaining[target]!--;
    const word = mcellRan4(streamHigh[target]!, streamLow[target]!);
    streamHigh[target]!++;
    nextMs = streamRemaining[target]! > 0 ? nextMs + meanMs * negativeLogFraction(word) : Infinity;
  }
  streamNextMs[target] = nextMs;
}

/** Moves a window's events before `untilMs` to the extra window behind the block's last. */
export function splitWindow(
  memory: EngineMemory,
  settings: EngineSettings,
  window: number,
  untilMs: number,
): void {
  const { classEnd } = memory;
  const { blockWindows } = settings;
  let k = firstEventOf(settings, window);
  let kept = k;
  let moved = firstEventOf(settings, blockWindows);
  for (let ofClass = 0; ofClass < CLASS_COUNT; ofClass++) {
    const end = endOfClass(memory, settings, ofClass, window);
    for (; k < end; k += EVENT) {
      if (memory.event[k]! < untilMs) {
        moveEvent(memory, k, moved);
        moved += EVENT;
      } else {
        moveEvent(memory, k, kept);
        kept += EVENT;
      }
    }
    classEnd[ofClass * (blockWindows + 1) + window] = kept;
    classEnd[ofClass * (blockWindows + 1) + blockWindows] = moved;
  }
}

/** Puts the events of each cell in order of time, equal times in the order of streams. */
export function orderEvents(memory: EngineMemory, first: number, end: number): void {
  const { event, eventWord } = memory;
  for (let k = first + EVENT; k < end; k += EVENT) {
    const timeMs = event[k]!;
    const target = eventWord[2 * k + 2]!;
    let place = k;
    while (place > first && event[place - EVENT]! > timeMs) {
      if (eventWord[2 * (place - EVENT) + 2]! >> 2 !== target >> 2) break;
      moveEvent(memory, place - EVENT, place);
      place -= EVENT;
    }
    event[place] = timeMs;
    eventWord[2 * place + 2] = target;
  }
}

function moveEvent({ event, eventWord }: EngineMemory, from: number, to: number): void {
  event[to] = event[from]!;
  eventWord[2 * to + 2] = eventWord[2 * from + 2]!;
}
