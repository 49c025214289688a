import type { Parameters, PopulationRange } from "../../index.ts";
import type { Sampled } from "../../live/worker/sampler.ts";
import type { RunHistory } from "../../measures/history.ts";

/** The populations of a record; those that it names are the model's. */
export const populationsOf = ({ record }: RunHistory) =>
  record.manifest.populations as readonly PopulationRange[];

export const modelOf = ({ record }: RunHistory): Parameters["model"] =>
  record.manifest.parameters["model"]?.value === "2014" ? "2014" : "2013";

/** First synapse of each cell in a table that is sorted by these, and their number. */
function firstSynapses(presynaptic: Uint32Array, cellCount: number): Uint32Array {
  const firstSynapse = new Uint32Array(cellCount + 1);
  for (const cell of presynaptic) firstSynapse[cell + 1]!++;
  for (let cell = 0; cell < cellCount; cell++) firstSynapse[cell + 1]! += firstSynapse[cell]!;
  return firstSynapse;
}

/** The state of a recorded column, as far as it is in the record, in the form of a simulation's. */
export class RecordedState implements Sampled {
  readonly network: Sampled["network"];
  readonly #history: RunHistory;
  #timeMs = 0;
  #gains: { readonly key: string; readonly gains: Float64Array } | undefined;

  constructor(history: RunHistory) {
    this.#history = history;
    const { manifest } = history.record;
    const { cellCount } = manifest.network;
    const { presynaptic, postsynaptic } = history.record.synapses();
    const populationOfCell = new Uint16Array(cellCount);
    manifest.populations.forEach((one, k) => {
      populationOfCell.fill(k, one.firstCell, one.firstCell + one.cellCount);
    });
    const between = history.record.interColumnSynapses();
    this.network = {
      ...{ cellCount, populations: populationsOf(history), populationOfCell, postsynaptic },
      firstSynapse: firstSynapses(presynaptic, cellCount),
      ...(between && {
        interColumn: {
          firstSynapse: firstSynapses(between.presynaptic, cellCount),
          postsynaptic: between.postsynaptic,
        },
      }),
    };
  }

  goTo(timeMs: number): void {
    this.#timeMs = timeMs;
  }

  get simulation(): Sampled["simulation"] {
    const { cellCount } = this.network;
    const unknown = () => new Float64Array(cellCount).fill(Number.NaN);
    return {
      timeMs: this.#timeMs,
      parameters: { model: modelOf(this.#history) },
      cellState: () => {
        const sample = this.#history.lastSample(this.#timeMs);
        return {
          alive: sample?.alive ?? new Uint8Array(cellCount).fill(1),
          activity: sample?.activity ?? unknown(),
          sensedRateKhz: sample?.sensedRateKhz ?? unknown(),
          targetRateKhz: sample?.targetRateKhz ?? unknown(),
          scaleFactor: sample?.scaleFactor ?? unknown(),
          dynamicThresholdMv: unknown(),
          afterhyperpolarizationMv: unknown(),
        };
      },
      plasticGains: () => this.#gainsNow(),
      potentials: ([cell]) => this.#potentialsOf(cell!),
    };
  }

  #gainsNow(): Float64Array {
    const found = this.#history.lastGains(this.#timeMs);
    const key = String(found?.timeMs);
    if (this.#gains?.key !== key) {
      const count = this.network.postsynaptic.length;
      this.#gains = { key, gains: found?.gains() ?? new Float64Array(count).fill(Number.NaN) };
    }
    return this.#gains.gains;
  }

  /** The last reading of a cell's potentials, where they are recorded. */
  #potentialsOf(cell: number): ReturnType<Sampled["simulation"]["potentials"]> {
    const { potentials } = this.#history.record;
    const place = potentials?.cells.indexOf(cell) ?? -1;
    const everyMs = potentials?.schedule.everyMs ?? 0;
    const range = { startMs: this.#timeMs - everyMs, endMs: this.#timeMs + 1e-9 };
    const readings = place < 0 ? undefined : potentials!.readings(range);
    const count = readings?.timesMs.length ?? 0;
    const last = (values: Float64Array | undefined) =>
      Float64Array.of(
        count > 0 ? values![(count - 1) * potentials!.cells.length + place]! : Number.NaN,
      );
    return {
      potentialMv: last(readings?.potentialMv),
      ampaMv: last(readings?.ampaMv),
      nmdaMv: last(readings?.nmdaMv),
      gabaProximalMv: last(readings?.gabaProximalMv),
      gabaDistalMv: last(readings?.gabaDistalMv),
    };
  }
}
