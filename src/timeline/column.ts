import type { CellState } from "../engine/cell-state.ts";
import type { DeathRule, SimulationEngine } from "../engine/contract.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
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
  /** Releases the other engines; this one cannot continue afterwards. */
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
 * The column as interventions observe and change it, at the time reached.
 */
export class Column {
  readonly network: Network;
  readonly #engine: ColumnEngine;
  /** Parameters at the start of the run, and current ones. */
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

  /**
   * Factors of external input by name, for checkpoints.
   *
   * @internal
   */
  get externalFactors(): Readonly<Record<string, number>> {
    return this.#externalFactors;
  }

  /**
   * Restores the factors of a checkpoint; the state of the engine contains their product.
   *
   * @internal
   */
  restoreExternalFactors(factors: Readonly<Record<string, number>>): void {
    this.#externalFactors = factors;
  }
}
