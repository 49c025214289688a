import type { CellState, Network, Parameters, Potentials, Simulation } from "../../index.ts";
import { regulatedQuantity } from "../../model/homeostasis.ts";
import { GAIN_BIN, GAIN_BINS, type Sample, type WatchedCell } from "./messages.ts";

/** Column as it is looked at, be it simulated or recorded. */
export interface Sampled {
  readonly network: Pick<
    Network,
    "cellCount" | "populations" | "populationOfCell" | "firstSynapse" | "postsynaptic"
  > & {
    readonly interColumn?: Pick<
      NonNullable<Network["interColumn"]>,
      "firstSynapse" | "postsynaptic"
    >;
  };
  readonly simulation: Pick<Simulation, "timeMs" | "plasticGains"> & {
    readonly parameters: Pick<Parameters, "model">;
    cellState(): Pick<
      CellState,
      | "activity"
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
  readonly #excitatoryCells: readonly number[];
  readonly #inhibitoryCells: readonly number[];
  /** Synapses between excitatory cells, and for each the place of its pair of populations. */
  readonly #learning: Uint32Array;
  readonly #pairs: Uint32Array;
  readonly #pairCount: number;
  readonly #presynaptic: Uint32Array;
  readonly #presynapticBetween: Uint32Array;

  constructor(column: Sampled) {
    const { network } = column;
    this.#column = column;
    const isExcitatory = Uint8Array.from(network.populationOfCell, (index) =>
      Number(network.populations[index]!.cellClass === "E"),
    );
    const cells = Array.from(isExcitatory.keys());
    this.#excitatoryCells = cells.filter((cell) => isExcitatory[cell]);
    this.#inhibitoryCells = cells.filter((cell) => !isExcitatory[cell]);
    this.#learning = learningSynapses(network, isExcitatory);
    const places = excitatoryPlaces(network);
    const order = excitatoryOrder(network);
    this.#pairCount = (Math.max(...places) + 1) * order;
    const placeOf = (cell: number) => places[network.populationOfCell[cell]!]!;
    this.#presynaptic = presynapticCells(network, network.cellCount);
    const { interColumn } = network;
    this.#presynapticBetween = presynapticCells(interColumn, network.cellCount);
    // Both cells of a synapse are of one column, in which the sender's row begins.
    this.#pairs = this.#learning.map((synapse) => {
      const row = placeOf(this.#presynaptic[synapse]!);
      return row * order + (placeOf(network.postsynaptic[synapse]!) % order);
    });
  }

  /** The state at the time reached; nothing of it changes by that. */
  sample(watched: number | undefined): Sample {
    const { simulation } = this.#column;
    const state = simulation.cellState();
    const { alive, scaleFactor, targetRateKhz } = state;
    const sensed = regulatedQuantity(simulation.parameters.model, state)!;
    const living = (cell: number) => alive[cell] === 1;
    const livingE = this.#excitatoryCells.filter(living);
    const scale = livingE.map((cell) => scaleFactor[cell]!);
    const targets = livingE.map((cell) => targetRateKhz[cell]!).filter((rate) => rate >= 0);
    const gains = simulation.plasticGains();
    return {
      timeMs: simulation.timeMs,
      scaleMean: mean(scale),
      scaleSd: standardDeviation(scale),
      sensedPerS: 1000 * mean(livingE.map((cell) => sensed[cell]!)),
      targetPerS: 1000 * mean(targets),
      ...this.#gains(gains),
      gainMatrix: this.#gainMatrix(gains, alive),
      alive,
      livingE: livingE.length,
      livingI: this.#inhibitoryCells.filter(living).length,
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
    const { interColumn } = network;
    const inputs = new Set<number>();
    network.postsynaptic.forEach((target, synapse) => {
      if (target === cell) inputs.add(this.#presynaptic[synapse]!);
    });
    interColumn?.postsynaptic.forEach((target, synapse) => {
      if (target === cell) inputs.add(this.#presynapticBetween[synapse]!);
    });
    const outputs = [network, interColumn].flatMap((one) =>
      one ? [...one.postsynaptic.subarray(...synapsesOf(one, cell))] : [],
    );
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
      sensedPerS: 1000 * regulatedQuantity(simulation.parameters.model, state)![cell]!,
      targetPerS: targetKhz < 0 ? Number.NaN : 1000 * targetKhz,
      inputs: Uint32Array.from(inputs),
      outputs: Uint32Array.from(outputs),
    };
  }

  #gains(gains: Float64Array) {
    const gainCounts = new Uint32Array(GAIN_BINS);
    const learning = this.#learning;
    let sum = 0;
    for (let k = 0; k < learning.length; k++) {
      const gain = gains[learning[k]!]!;
      sum += gain;
      gainCounts[Math.min(GAIN_BINS - 1, Math.floor(gain / GAIN_BIN))]!++;
    }
    return { gainMean: sum / learning.length, gainCounts };
  }

  #gainMatrix(gains: Float64Array, alive: Uint8Array): Float32Array {
    const { postsynaptic } = this.#column.network;
    const [learning, presynaptic, pairs] = [this.#learning, this.#presynaptic, this.#pairs];
    const sums = new Float64Array(this.#pairCount);
    const counts = new Uint32Array(this.#pairCount);
    for (let k = 0; k < learning.length; k++) {
      const synapse = learning[k]!;
      if (!alive[presynaptic[synapse]!] || !alive[postsynaptic[synapse]!]) continue;
      sums[pairs[k]!]! += gains[synapse]!;
      counts[pairs[k]!]!++;
    }
    return Float32Array.from(sums, (sum, pair) => sum / counts[pair]!);
  }
}

const synapsesOf = ({ firstSynapse }: Pick<Sampled["network"], "firstSynapse">, cell: number) =>
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

/** Per population, its place among the excitatory ones; −1 for inhibitory ones. */
function excitatoryPlaces({ populations }: Sampled["network"]): number[] {
  let count = 0;
  return populations.map(({ cellClass }) => (cellClass === "E" ? count++ : -1));
}

/** Excitatory populations of a column. */
const excitatoryOrder = ({ populations }: Sampled["network"]): number =>
  populations.filter(({ cellClass, column = 0 }) => cellClass === "E" && column === 0).length;

function presynapticCells(synapses: Sampled["network"]["interColumn"], cellCount: number) {
  const cells = new Uint32Array(synapses?.postsynaptic.length ?? 0);
  if (!synapses) return cells;
  for (let cell = 0; cell < cellCount; cell++) cells.fill(cell, ...synapsesOf(synapses, cell));
  return cells;
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
