import { callBack } from "./axons.ts";
import { CellEvents } from "./cell-events.ts";
import { CLASS_COUNT, RECORD, REFRACTORY_UNTIL } from "./cell-record.ts";
import {
  BLOCK_END,
  BLOCK_START,
  CHAINS,
  EXTERNAL,
  NOW,
  OUTPUT_CAPACITY,
  OUTPUT_COUNT,
  PIECES_IN_ORDER,
  REACHED,
  TRAINING,
  TRAINING_CURSOR,
  TRAINING_FIRST,
  WINDOW,
} from "./control.ts";
import { type EngineMemory, EVENT } from "./engine-memory.ts";
import {
  drawBlock,
  endOfClass,
  firstEventOf,
  orderEvents,
  splitWindow,
  streamOrder,
} from "./external-events.ts";
import type { Kernel } from "./kernel.ts";
import type { EnginePart } from "./part.ts";
import { PendingEvents } from "./pending.ts";
import type { EngineSettings } from "./settings.ts";
import { WindowSpikes } from "./spikes.ts";

/**
 * The event loop in plain TypeScript: serves time window by window, and in a window cell by cell.
 *
 * No window is longer than the shortest axonal delay, so that all that reaches a cell in it is
 * known when it begins: external and training input, and callbacks of spikes before it.
 */
export class ScriptKernel implements Kernel {
  readonly #memory: EngineMemory;
  readonly #settings: EngineSettings;
  readonly #pending: PendingEvents;
  readonly #spikes: WindowSpikes;
  readonly #events: CellEvents;

  constructor(memory: EngineMemory, settings: EngineSettings, part?: EnginePart) {
    this.#memory = memory;
    this.#settings = settings;
    this.#pending = new PendingEvents(memory);
    this.#spikes = new WindowSpikes(memory, settings, part);
    this.#events = new CellEvents(memory, settings, this.#pending, this.#spikes);
  }

  begin(): void {
    // Everything needed is in the memory.
  }

  run(untilMs: number): boolean {
    const { work } = this.#memory;
    while (work[OUTPUT_COUNT]! < OUTPUT_CAPACITY) {
      if (work[REACHED]! >= untilMs) {
        this.#endRefractoriness(untilMs);
        return true;
      }
      this.#servePiece(untilMs);
    }
    return false;
  }

  /** Serves the rest of the present window, or a piece of it. */
  #servePiece(untilMs: number): void {
    const { work } = this.#memory;
    const settings = this.#settings;
    const window = work[WINDOW]!;
    if (window === work[BLOCK_END]) drawBlock(this.#memory, settings, window);
    const windowEndMs = (window + 1) * settings.windowMs;
    const inOrder = this.#mustKeepOrder(work[REACHED]!, windowEndMs);
    const pieceMs = inOrder ? settings.windowMs / PIECES_IN_ORDER : settings.windowMs;
    const endMs = Math.min(untilMs, windowEndMs, work[REACHED]! + pieceMs);

    this.#pending.clear(inOrder);
    this.#addTraining(endMs);
    callBack(this.#memory, this.#pending, endMs);
    let served = window - work[BLOCK_START]!;
    if (endMs < windowEndMs) {
      splitWindow(this.#memory, settings, served, endMs);
      served = settings.blockWindows;
    }
    if (inOrder) this.#serveInOrder(served);
    else this.#serveByCell(served);
    work[REACHED] = endMs;
    if (endMs === windowEndMs) work[WINDOW] = window + 1;
  }

  /**
   * Whether the order of events among cells matters up to `toMs`.
   *
   * It does only for plastic gains. Those of arrivals could have been changed by their sender's
   * spikes in the same window, found or not, if it can fire again while a chain of its is under
   * way: in the published column, refractoriness lasts longer than any chain.
   */
  #mustKeepOrder(fromMs: number, toMs: number): boolean {
    const { control, overtakable, chainCell } = this.#memory;
    const { plasticityStartMs, plasticityEndMs } = this.#settings;
    if (fromMs > plasticityEndMs || toMs < plasticityStartMs) return false;
    for (let k = 0; k < control[CHAINS]!; k++) if (overtakable[chainCell[k]!]) return true;
    return false;
  }

  #addTraining(endMs: number): void {
    const { trainingTimeMs, trainingCell, control, alive, served } = this.#memory;
    let cursor = control[TRAINING_CURSOR]!;
    for (; cursor < trainingTimeMs.length && trainingTimeMs[cursor]! < endMs; cursor++) {
      const cell = trainingCell[cursor]!;
      if (!alive[cell] || !served[cell]) continue;
      this.#pending.add(cell, trainingTimeMs[cursor]!, cursor - TRAINING_FIRST, TRAINING);
    }
    control[TRAINING_CURSOR] = cursor;
  }

  /** Serves external events cell by cell, what waits for a cell among them, and then the rest. */
  #serveByCell(window: number): void {
    const memory = this.#memory;
    const first = firstEventOf(this.#settings, window);
    const end = endOfClass(memory, this.#settings, CLASS_COUNT - 1, window);
    orderEvents(memory, first, end);
    for (let place = first; place < end; place += EVENT) this.#events.serveExternal(place);
    for (let k = 0; k < this.#pending.listCount; k++) {
      const list = this.#pending.listAt(k);
      while (memory.dueMs[list]! < Infinity) {
        this.#events.servePending(this.#pending.takeFirst(list));
      }
    }
    this.#spikes.exchange();
    if (!this.#spikes.isEmpty) this.#spikes.settle();
  }

  /** Serves all events in order of time, and settles each spike before the next event. */
  #serveInOrder(window: number): void {
    const memory = this.#memory;
    const end = endOfClass(memory, this.#settings, CLASS_COUNT - 1, window);
    for (let place = firstEventOf(this.#settings, window); place < end; place += EVENT) {
      const target = memory.eventWord[2 * place + 2]!;
      const [cell, receptor] = [target >> 2, target & 3];
      const order = streamOrder(memory, cell, receptor);
      this.#pending.add(cell, memory.event[place]!, order, EXTERNAL - receptor);
    }
    const list = memory.alive.length;
    while (memory.dueMs[list]! < Infinity) {
      this.#events.servePending(this.#pending.takeFirst(list));
      if (!this.#spikes.isEmpty) this.#spikes.settle();
    }
  }

  #endRefractoriness(untilMs: number): void {
    const { alive, served, cell, work } = this.#memory;
    for (let index = 0; index < alive.length; index++) {
      const endMs = cell[RECORD * index + REFRACTORY_UNTIL]!;
      if (endMs >= untilMs || !alive[index] || !served[index]) continue;
      work[NOW] = endMs;
      this.#events.recoverByNow(index);
    }
  }
}
