import type { CellState } from "../engine/cell-state.ts";
import type { SimulationEngine } from "../engine/contract.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { CellSelection } from "./cell-selection.ts";
import { type StimulusPlan, stimulusOf } from "./stimulus-plan.ts";

/** The methods of an engine that change the network, with arguments that JSON can hold. */
interface Changes {
  turnOnScaling(): void;
  turnOffScaling(): void;
  turnOnPlasticity(): void;
  turnOffPlasticity(): void;
  setExternalFactor(factor: number): void;
  reseedExternalInput(base: number): void;
  deleteCells(cells: readonly number[]): void;
  silenceCells(cells: readonly number[]): void;
  releaseCells(cells: readonly number[]): void;
  changeParameters(parameters: Parameters): void;
  setStimuli(stimuli: readonly StimulusPlan[]): void;
}

/** A change of the network, by the name of its method. */
export type NetworkChange = {
  [N in keyof Changes]: readonly [N, ...globalThis.Parameters<Changes[N]>];
}[keyof Changes];

/** Engine that serves the network of a column, alone or with others. */
export interface ColumnEngine extends SimulationEngine {
  /** Receives each change before it is made, where others that serve the network make it, too. */
  announce?(change: NetworkChange): void;
  /** Lets the others go, without which it cannot go on. */
  release?(): void;
}

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
 * The column as interventions see it and act on it, at the time reached.
 *
 * Every change goes through the engine's own methods, and is announced before.
 */
export class Column {
  readonly network: Network;
  readonly #engine: ColumnEngine;
  /** Those that the run began with, and those that hold now. */
  readonly #parameters: Parameters;
  #changed: Parameters;
  #externalFactors: Readonly<Record<string, number>> = {};

  /** @internal */
  constructor(engine: ColumnEngine, network: Network, parameters: Parameters) {
    this.#engine = engine;
    this.network = network;
    this.#parameters = parameters;
    this.#changed = parameters;
  }

  /** The parameters that hold now. */
  get parameters(): Parameters {
    return this.#changed;
  }

  get timeMs(): number {
    return this.#engine.timeMs;
  }

  get scalingOn(): boolean {
    return this.#engine.scalingOn;
  }

  /** Every cell's state as of its last event. */
  cellState(): CellState {
    return this.#engine.cellState();
  }

  /** The cells of a selection, dead or alive. */
  cells(selection: CellSelection): readonly number[] {
    return selection.resolve(this.network);
  }

  /** Changes the network. */
  change(...change: NetworkChange): void {
    this.#engine.announce?.(change);
    changeNetwork(this.#engine, this.network, change);
  }

  /** Goes on with the parameters that the run began with, but for these. */
  changeParameters(changes: ParameterOverrides): void {
    this.#changed = resolveParameters({ ...this.#parameters, ...changes });
    this.change("changeParameters", this.#changed);
  }

  /**
   * Multiplies the weights of all external input by a factor that has a name of its own: the
   * factors of several entries act together.
   */
  scaleExternalInput(name: string, factor: number): void {
    this.#externalFactors = { ...this.#externalFactors, [name]: factor };
    const names = Object.keys(this.#externalFactors).sort();
    const product = names.reduce((so, one) => so * this.#externalFactors[one]!, 1);
    this.change("setExternalFactor", product);
  }

  /**
   * The factors of external input, by their names, as a checkpoint keeps them.
   *
   * @internal
   */
  get externalFactors(): Readonly<Record<string, number>> {
    return this.#externalFactors;
  }

  /**
   * Takes up the factors of a checkpoint; the engine's state has their product.
   *
   * @internal
   */
  restoreExternalFactors(factors: Readonly<Record<string, number>>): void {
    this.#externalFactors = factors;
  }
}
