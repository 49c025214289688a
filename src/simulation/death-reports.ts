import type { RunEvent } from "../recording/run-event.ts";
import type { ColumnEngine } from "../timeline/column.ts";

/** Reports of cells that die by themselves in the 2014 model, each once. */
export class DeathReports {
  readonly #engine: ColumnEngine;
  #count = 0;

  constructor(engine: ColumnEngine) {
    this.#engine = engine;
  }

  /** Reports the cells that have died since the last call. */
  report(onEvent: (event: RunEvent) => void): void {
    const deaths = this.#engine.deaths().slice(this.#count);
    if (deaths.length === 0) return;
    this.#count += deaths.length;
    const { alive, scaleFactor } = this.#engine.cellState();
    let livingCount = alive.reduce((sum, one) => sum + one, 0) + deaths.length;
    for (const { timeMs, cell, draw, probability } of deaths) {
      livingCount--;
      const cells = [cell];
      const scaleFactors = [scaleFactor[cell]!];
      const death = { cells, scaleFactors, livingCount, draw, probability };
      onEvent({ kind: "deletion", timeMs, ...death });
    }
  }

  /** Those of a state that was taken up have been reported. */
  pass(): void {
    this.#count = this.#engine.deaths().length;
  }
}
