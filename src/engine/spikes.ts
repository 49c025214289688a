import { startChain } from "./axons.ts";
import { EXTERNAL, NONE, NOW, OUTPUT_COUNT, SPIKES } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { streamOrder } from "./external-events.ts";
import type { EnginePart } from "./part.ts";
import { learnFromSpike } from "./plasticity.ts";
import type { EngineSettings } from "./settings.ts";

/**
 * The spikes of the present window, as they are found cell by cell. Once all are known, they are
 * settled: put in order of time, handed out, learnt from, and sent on their way.
 */
export class WindowSpikes {
  readonly #memory: EngineMemory;
  readonly #settings: EngineSettings;
  readonly #part: EnginePart | undefined;
  #count = 0;

  constructor(memory: EngineMemory, settings: EngineSettings, part: EnginePart | undefined) {
    this.#memory = memory;
    this.#settings = settings;
    this.#part = part;
  }

  /** Notes a spike of `cell` now; `order` and `what` are those of the event that caused it. */
  note(cell: number, order: number, what: number): void {
    const memory = this.#memory;
    const spike = this.#count++;
    memory.spikeMs[spike] = memory.work[NOW]!;
    memory.spikeOrder[spike] = what > EXTERNAL ? order : streamOrder(memory, cell, EXTERNAL - what);
    memory.spikeWhat[spike] = what;
    memory.spikeCell[spike] = cell;
    memory.spikeBefore[spike] = memory.latestSpike[cell]!;
    memory.latestSpike[cell] = spike;
  }

  /** Takes the window's spikes of the other parts of the network, if there are any. */
  exchange(): void {
    if (this.#part) this.#count = this.#part.exchange(this.#memory, this.#count);
  }

  /** Settles all spikes found so far; what follows from each sees those before it. */
  settle(): void {
    const memory = this.#memory;
    const { control, work, spikeMs, spikeCell } = memory;
    const ranked = memory.spikeRank.subarray(0, this.#count).map((_, k) => k);
    ranked.sort((a, b) => this.#compare(a, b));
    for (const spike of ranked) memory.latestSpike[spikeCell[spike]!] = NONE;
    for (const spike of ranked) {
      const timeMs = spikeMs[spike]!;
      const cell = spikeCell[spike]!;
      const place = work[OUTPUT_COUNT]!++;
      memory.outputTimeMs[place] = timeMs;
      memory.outputCell[place] = cell;
      memory.lastSpikeMs[cell] = timeMs;
      learnFromSpike(memory, this.#settings, cell, timeMs);
      startChain(memory, cell, control[SPIKES]!++, timeMs);
    }
    this.#count = 0;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** By time; at one time in the order of what caused them, and by synapse. */
  #compare(a: number, b: number): number {
    const { spikeMs, spikeOrder, spikeWhat } = this.#memory;
    return (
      spikeMs[a]! - spikeMs[b]! || spikeOrder[a]! - spikeOrder[b]! || spikeWhat[a]! - spikeWhat[b]!
    );
  }
}
