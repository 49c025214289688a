import type { CellState } from "../engine/cell-state.ts";
import type { DeathRule, SimulationEngine, ThreadUse } from "../engine/contract.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import { columnCountOf } from "../network/population-ranges.ts";
import type { TimelineState } from "../recording/timeline-state.ts";
import type { CellSelection } from "./cell-selection.ts";
import { type StimulusPlan, stimulusOf } from "./stimulus-plan.ts";

/** The methods of an engine that change the network, with arguments that JSON can represent. */
interface Changes {
  turnOnScaling(): void;
  turnOffScaling(): void;
  turnOnPlasticity(): void;
  turnOffPlasticity(): void;
  setExternalFactor(factor: number): void;
  setGrowthFactor(factor: number): void;
  enableDeaths(speed: number, streamLow: number, rule: DeathRule): void;
  reseedExternalInput(base: number): void;
  deleteCells(cells: readonly number[]): void;
  silenceCells(cells: readonly number[]): void;
  releaseCells(cells: readonly number[]): void;
  changeParameters(parameters: Parameters): void;
  setStimuli(stimuli: readonly StimulusPlan[]): void;
}

/** Change of the network: the name of a method of the engine and its arguments. */
export type NetworkChange = {
  [N in keyof Changes]: readonly [N, ...globalThis.Parameters<Changes[N]>];
}[keyof Changes];

/** Engine that serves the network of a column, alone or with others. */
export interface ColumnEngine extends SimulationEngine {
  /** Receives each change before it is made, for other engines that serve the network. */
  announce?(change: NetworkChange): void;
  /** Work done by one thread and by all, in an engine that may use several. */
  readonly threadUse?: readonly ThreadUse[];
  /** Releases the other engines; this one cannot continue afterwards. */
  release?(): void;
}

/** State of a column that a checkpoint keeps besides the engine's. */
export type ColumnState = Pick<TimelineState, "externalFactors" | "shared">;

/** Makes a change in an engine. */
export function changeNetwork(
  engine: SimulationEngine,
  network: Network,
  [name, ...given]: NetworkChange,
): void {
  if (name === "setStimuli") {
    const [plans] = given as [readonly StimulusPlan[]];
    engine.setStimuli(plans.map((plan) => stimulusOf(plan, network)));
  } else (engine[name] as (...given: unknown[]) => void)(...given);
}

/**
 * The column as interventions observe and change it, at the time reached.
 */
export class Column {
  readonly network: Network;
  readonly #engine: ColumnEngine;
  /** Parameters at the start of the run, and current ones. */
  readonly #parameters: Parameters;
  #changed: Parameters;
  #externalFactors: Readonly<Record<string, number>> = {};
  #shared: Readonly<Record<string, unknown>> = {};
  #stimuli: Readonly<Record<string, readonly StimulusPlan[]>> = {};

  /** @internal */
  constructor(engine: ColumnEngine, network: Network, parameters: Parameters) {
    this.#engine = engine;
    this.network = network;
    this.#parameters = parameters;
    this.#changed = parameters;
  }

  /** Current parameters. */
  get parameters(): Parameters {
    return this.#changed;
  }

  get timeMs(): number {
    return this.#engine.timeMs;
  }

  get scalingOn(): boolean {
    return this.#engine.scalingOn;
  }

  /** State of all cells; of each, as of its last event. */
  cellState(): CellState {
    return this.#engine.cellState();
  }

  /** Cells of a selection, including deleted ones. */
  cells(selection: CellSelection): readonly number[] {
    return selection.resolve(this.network);
  }

  /** Number of cells in the columns in which a selection has any: all where there is one column. */
  cellsBeside(selection: CellSelection): number {
    const perColumn = this.network.cellCount / columnCountOf(this.network);
    const columns = new Set(this.cells(selection).map((cell) => Math.floor(cell / perColumn)));
    return columns.size * perColumn;
  }

  /** Changes the network. */
  change(...change: NetworkChange): void {
    this.#engine.announce?.(change);
    changeNetwork(this.#engine, this.network, change);
  }

  /** Continues with the parameters at the start of the run, except for these. */
  changeParameters(changes: ParameterOverrides): void {
    this.#changed = resolveParameters({ ...this.#parameters, ...changes });
    this.change("changeParameters", this.#changed);
  }

  /**
   * Multiplies the weights of all external input by a factor; the factors of different names
   * multiply.
   */
  scaleExternalInput(name: string, factor: number): void {
    this.#externalFactors = { ...this.#externalFactors, [name]: factor };
    const names = Object.keys(this.#externalFactors).sort();
    const product = names.reduce((so, one) => so * this.#externalFactors[one]!, 1);
    this.change("setExternalFactor", product);
  }

  /** Gives the network stimuli of a name of their own, in place of those of that name. */
  setStimuli(name: string, stimuli: readonly StimulusPlan[]): void {
    this.#stimuli = { ...this.#stimuli, [name]: stimuli };
    const names = Object.keys(this.#stimuli).sort();
    this.change(
      "setStimuli",
      names.flatMap((one) => this.#stimuli[one]!),
    );
  }

  /** A value that several entries share, by its name; undefined where none has set it. */
  shared<T>(name: string): T | undefined {
    return this.#shared[name] as T | undefined;
  }

  /** Sets a value that several entries share: one that JSON can hold, and that is never changed. */
  share(name: string, value: unknown): void {
    this.#shared = { ...this.#shared, [name]: value };
  }

  /**
   * All shared values, as a checkpoint keeps them.
   *
   * @internal
   */
  get allShared(): Readonly<Record<string, unknown>> {
    return this.#shared;
  }

  /**
   * Factors of external input by name, for checkpoints.
   *
   * @internal
   */
  get externalFactors(): Readonly<Record<string, number>> {
    return this.#externalFactors;
  }

  /**
   * Restores the factors of a checkpoint, whose product the state of the engine contains, and
   * shared values.
   *
   * @internal
   */
  restore({ externalFactors, shared = {} }: ColumnState): void {
    this.#externalFactors = externalFactors;
    this.#shared = shared;
  }
}
