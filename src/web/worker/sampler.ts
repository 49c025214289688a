import type { CellState, Network, Potentials, Simulation } from "../../index.ts";
import { GAIN_BIN, GAIN_BINS, type Sample, type WatchedCell } from "./messages.ts";

/** What is looked at of a column, be it simulated or recorded. */
export interface Sampled {
  readonly network: Pick<
    Network,
    "cellCount" | "populations" | "populationOfCell" | "firstSynapse" | "postsynaptic"
  >;
  readonly simulation: Pick<Simulation, "timeMs" | "plasticGains"> & {
    cellState(): Pick<
      CellState,
      | "alive"
      | "sensedRateKhz"
      | "targetRateKhz"
      | "scaleFactor"
      | "dynamicThresholdMv"
      | "afterhyperpolarizationMv"
    >;
    potentials(cells: readonly number[]): Omit<Potentials, "driveMv">;
  };
}

/** Looks at the cells of a column, now and then. */
export class Sampler {
  readonly #column: Sampled;
  readonly #excitatory: Uint8Array;
  /** Synapses between excitatory cells. */
  readonly #learning: Uint32Array;

  constructor(column: Sampled) {
    const { network } = column;
    this.#column = column;
    this.#excitatory = Uint8Array.from(network.populationOfCell, (index) =>
      Number(network.populations[index]!.cellClass === "E"),
    );
    this.#learning = learningSynapses(network, this.#excitatory);
  }

  /** The state at the time reached; nothing of it changes by that. */
  sample(watched: number | undefined): Sample {
    const { simulation } = this.#column;
    const { alive, scaleFactor, sensedRateKhz, targetRateKhz } = simulation.cellState();
    const living = (cell: number) => alive[cell] === 1;
    const livingE = this.#cells(1).filter(living);
    const scale = livingE.map((cell) => scaleFactor[cell]!);
    const targets = livingE.map((cell) => targetRateKhz[cell]!).filter((rate) => rate >= 0);
    const { gainMean, gainCounts } = this.#gains(simulation.plasticGains());
    return {
      timeMs: simulation.timeMs,
      scaleMean: mean(scale),
      scaleSd: standardDeviation(scale),
      sensedHz: 1000 * mean(livingE.map((cell) => sensedRateKhz[cell]!)),
      targetHz: 1000 * mean(targets),
      gainMean,
      gainCounts,
      alive,
      livingE: livingE.length,
      livingI: this.#cells(0).filter(living).length,
      scaleFactors: Float32Array.from(scaleFactor),
      watched: watched === undefined ? undefined : this.watch(watched),
    };
  }

  /** One cell: its membrane now, its sensor as of its last event, and whom it is connected with. */
  watch(cell: number): WatchedCell {
    const { simulation, network } = this.#column;
    const state = simulation.cellState();
    const potentials = simulation.potentials([cell]);
    const targetKhz = state.targetRateKhz[cell]!;
    const inputs: number[] = [];
    for (let from = 0; from < network.cellCount; from++) {
      const own = network.postsynaptic.subarray(...synapsesOf(network, from));
      if (own.includes(cell)) inputs.push(from);
    }
    return {
      cell,
      alive: state.alive[cell] === 1,
      potentialMv: potentials.potentialMv[0]!,
      thresholdMv: state.dynamicThresholdMv[cell]!,
      ampaMv: potentials.ampaMv[0]!,
      nmdaMv: potentials.nmdaMv[0]!,
      gabaMv: potentials.gabaProximalMv[0]! + potentials.gabaDistalMv[0]!,
      afterhyperpolarizationMv: state.afterhyperpolarizationMv[cell]!,
      scaleFactor: state.scaleFactor[cell]!,
      sensedHz: 1000 * state.sensedRateKhz[cell]!,
      targetHz: targetKhz < 0 ? Number.NaN : 1000 * targetKhz,
      inputs: Uint32Array.from(inputs),
      outputs: network.postsynaptic.slice(...synapsesOf(network, cell)),
    };
  }

  #cells(isExcitatory: number): number[] {
    const all = Array.from(this.#excitatory.keys());
    return all.filter((cell) => this.#excitatory[cell] === isExcitatory);
  }

  #gains(gains: Float64Array) {
    const gainCounts = new Uint32Array(GAIN_BINS);
    let sum = 0;
    for (const synapse of this.#learning) {
      const gain = gains[synapse]!;
      sum += gain;
      gainCounts[Math.min(GAIN_BINS - 1, Math.floor(gain / GAIN_BIN))]!++;
    }
    return { gainMean: sum / this.#learning.length, gainCounts };
  }
}

const synapsesOf = ({ firstSynapse }: Sampled["network"], cell: number) =>
  [firstSynapse[cell]!, firstSynapse[cell + 1]!] as const;

function learningSynapses(network: Sampled["network"], excitatory: Uint8Array): Uint32Array {
  const found: number[] = [];
  for (let cell = 0; cell < network.cellCount; cell++) {
    if (!excitatory[cell]) continue;
    const [first, end] = synapsesOf(network, cell);
    for (let synapse = first; synapse < end; synapse++) {
      if (excitatory[network.postsynaptic[synapse]!]) found.push(synapse);
    }
  }
  return Uint32Array.from(found);
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
