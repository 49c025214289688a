import type { Report } from "../../src/live/worker/messages.ts";

/** What the page's workers have handed over, as a test that listens in has heard it. */
export interface Heard {
  /** Spikes of the present future, in order: time and cell in turn. */
  spikes: number[];
  /** The worker that plays the column. */
  column: Worker | undefined;
}

/**
 * Listens to the page's workers from its beginning on; runs in the page. Where the column goes to
 * another moment, what was heard of later ones is forgotten.
 */
export function listenIn(): void {
  const heard: Heard = { spikes: [], column: undefined };
  Object.assign(globalThis, { heard });
  let passage = 0;
  globalThis.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      heard.column ??= this;
      this.addEventListener("message", ({ data }: MessageEvent<Report>) => {
        if (data.kind === "opened") heard.spikes = [];
        if (data.kind !== "played") return;
        const { fromMs, timesMs, cells } = data.piece;
        if (data.standing.passage !== passage) {
          passage = data.standing.passage;
          const places = heard.spikes.findIndex((value, k) => k % 2 === 0 && value >= fromMs);
          if (places >= 0) heard.spikes.length = places;
        }
        for (const [k, timeMs] of timesMs.entries()) heard.spikes.push(timeMs, cells[k]!);
      });
    }
  };
}
