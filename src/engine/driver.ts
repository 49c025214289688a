import { CLASS_RECORD, RECORD, REST, TARGET_RATE } from "../kernel/cell-record.ts";
import {
  BLOCK_END,
  CELL_EVENTS,
  EXPANDING_SINCE,
  EXTERNAL_FACTOR,
  OUTPUT_COUNT,
  SCALING_ON,
  SPIKES,
  TIME,
  WINDOW,
} from "../kernel/control.ts";
import { requireArrivalSensor } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { Stimulus } from "../network/stimuli/stimulus.ts";
import { type CellState, readCellState } from "./cell-state.ts";
import { clearEndedChains, endInactiveChains } from "./chains.ts";
import { setExternalWeights } from "./constants.ts";
import type { Death, DeathRule, SimulationEngine, SpikeSink } from "./contract.ts";
import {
  createCore,
  type EngineCore,
  type EngineOptions,
  obstacleToParts,
  type PlasticityPeriod,
  withPart,
  withPlasticity,
} from "./core.ts";
import { deathDraws, deaths, enableDeaths, setGrowthFactor } from "./deaths.ts";
import {
  endInactiveStreams,
  forgetDrawn,
  rewindStreams,
  seedStreams,
  trialSeedsOf,
  wakeStream,
  wakeStreams,
} from "./external-input.ts";
import { inheritState } from "./inheritance.ts";
import { type EngineMemory, stateLayout } from "./layout.ts";
import { type EnginePart, type PartNeeds, SharedState, unitsOf } from "./part.ts";
import { fillPotentials, type Potentials, unknownPotentials } from "./potentials.ts";
import { ScheduledInputs } from "./scheduled-inputs.ts";

/** The compiled engine: a {@link SimulationEngine} whose event loop runs in WebAssembly. */
export class Engine implements SimulationEngine {
  readonly #network: Network;
  readonly #options: EngineOptions;
  readonly #inputs = new ScheduledInputs();
  #core: EngineCore;
  /** Once it was turned on or off. */
  #plasticity: PlasticityPeriod | undefined;

  /** @throws {KernelError} where the environment cannot run the compiled kernel */
  constructor(parameters: Parameters, network: Network, options: EngineOptions = {}) {
    this.#network = network;
    this.#options = options;
    this.#core = createCore(parameters, network, options);
    this.#takeUp();
  }

  get #memory(): EngineMemory {
    return this.#core.memory;
  }

  get timeMs(): number {
    return this.#memory.control[TIME]!;
  }

  get cellEventCount(): number {
    return this.#memory.control[CELL_EVENTS]!;
  }

  get ownEventCount(): number {
    return this.#memory.control[CELL_EVENTS]!;
  }

  get spikeCount(): number {
    return this.#memory.control[SPIKES]!;
  }

  get expandingSinceMs(): number {
    return this.#memory.control[EXPANDING_SINCE]!;
  }

  get scalingOn(): boolean {
    return this.#memory.control[SCALING_ON] === 1;
  }

  advance(untilMs: number, sink: SpikeSink): void {
    if (!(untilMs >= this.timeMs)) {
      throw new RangeError(
        `Cannot advance to ${untilMs} ms: the simulation has reached ${this.timeMs} ms already.`,
      );
    }
    const { outputTimeMs, outputCell, control, work } = this.#memory;
    for (let done = false; !done; ) {
      const pieceMs = this.#inputs.provide(this.#memory, untilMs);
      done = this.#core.kernel.run(pieceMs) && pieceMs === untilMs;
      if (work[OUTPUT_COUNT]! > 0) sink(outputTimeMs, outputCell, work[OUTPUT_COUNT]!);
      work[OUTPUT_COUNT] = 0;
    }
    control[TIME] = untilMs;
  }

  turnOnScaling(): void {
    this.#memory.control[SCALING_ON] = 1;
    this.#core.kernel.begin();
  }

  turnOffScaling(): void {
    this.#memory.control[SCALING_ON] = 0;
    this.#core.kernel.begin();
  }

  turnOnPlasticity(): void {
    this.#setPlasticity({ plasticityStartMs: this.timeMs, plasticityEndMs: Infinity });
  }

  turnOffPlasticity(): void {
    const { plasticityStartMs, plasticityEndMs } = this.#core.settings;
    const endMs = Math.min(plasticityEndMs, this.timeMs);
    this.#setPlasticity({ plasticityStartMs, plasticityEndMs: endMs });
  }

  #setPlasticity(period: PlasticityPeriod): void {
    this.#plasticity = period;
    this.#core = withPlasticity(this.#core, { ...this.#core.settings, ...period });
    this.#core.kernel.begin();
  }

  /** Time of STDP once that was turned on or off, which the state does not contain. */
  get plasticity(): PlasticityPeriod | undefined {
    return this.#plasticity;
  }

  /** Reason why this network cannot be served in parts, if there is one. */
  get obstacleToParts(): string | undefined {
    return obstacleToParts(this.#core);
  }

  /** End of the present block of external input, ms: at its start, that of all of it is drawn. */
  get blockEndMs(): number {
    const { windowMs, blockWindows } = this.#core.settings;
    const { work } = this.#memory;
    const window = work[WINDOW]!;
    return windowMs * (work[BLOCK_END]! > window ? work[BLOCK_END]! : window + blockWindows);
  }

  /** Memory that this engine works on. */
  get memoryBytes(): number {
    return this.#memory.linear.buffer.byteLength;
  }

  /** Requirements of engines that serve this network in parts. */
  get partNeeds(): PartNeeds {
    const { spikeMs, stateBytes } = this.#memory;
    return { spikeCapacity: spikeMs.length, stateBytes: stateBytes.length };
  }

  /** Cells or whole columns that so many engines share out. */
  unitsOfParts(count: number): number {
    const { memory, columns } = this.#core;
    return unitsOf(count, memory.active.length, columns);
  }

  /**
   * Serves a part of the network from now on, with engines that serve the others; or all of it, whose
   * state must be known here.
   *
   * @throws {RangeError} if the network cannot be served in parts
   */
  serve(part: EnginePart | undefined, plasticity = this.#plasticity): void {
    this.#plasticity = plasticity;
    const { settings } = this.#core;
    this.#core = withPart({ ...this.#core, settings: { ...settings, ...plasticity } }, part);
    this.#takeUp();
  }

  setGrowthFactor(factor: number): void {
    requireArrivalSensor(this.#core.parameters, "growth factor");
    setGrowthFactor(this.#memory, factor);
  }

  enableDeaths(speed: number, streamLow: number, rule: DeathRule): void {
    requireArrivalSensor(this.#core.parameters, "dynamic death");
    enableDeaths(this.#memory, speed, streamLow, rule);
  }

  get deathDraws(): number {
    return deathDraws(this.#memory);
  }

  deaths(): readonly Death[] {
    return deaths(this.#memory);
  }

  setExternalFactor(factor: number): void {
    this.#memory.control[EXTERNAL_FACTOR] = factor;
    setExternalWeights(this.#memory, this.#core.parameters, factor);
  }

  deleteCells(cells: Iterable<number>): void {
    const { active, silenced } = this.#memory;
    for (const cell of cells) active[cell] = silenced[cell] = 0;
    this.#cutOff();
  }

  silenceCells(cells: Iterable<number>): void {
    const { active, silenced } = this.#memory;
    for (const cell of cells) {
      silenced[cell]! |= active[cell]!;
      active[cell] = 0;
    }
    this.#cutOff();
  }

  releaseCells(cells: Iterable<number>): void {
    const { active, silenced, streamNextMs } = this.#memory;
    this.#rewind();
    for (const cell of cells) {
      if (!silenced[cell]) continue;
      active[cell] = 1;
      silenced[cell] = 0;
      for (let target = 4 * cell; target < 4 * cell + 4; target++) {
        if (streamNextMs[target] === Infinity) wakeStream(this.#memory, target, this.timeMs);
      }
    }
  }

  /** Ends what comes from cells that are not active, and their external input. */
  #cutOff(): void {
    endInactiveChains(this.#memory);
    this.#rewind();
    endInactiveStreams(this.#memory);
  }

  reseedExternalInput(base: number): void {
    this.#rewind();
    seedStreams(this.#memory, trialSeedsOf(this.#core.input.streams, base));
    wakeStreams(this.#memory, this.timeMs);
  }

  setStimuli(stimuli: readonly Stimulus[]): void {
    this.#inputs.stimuli = stimuli;
    this.#inputs.open(this.#memory, this.timeMs);
  }

  /**
   * A time at most as late as `untilMs`, and later than now, before which no more inputs of stimuli
   * come than the engine keeps in its memory.
   */
  inputsUntil(untilMs: number): number {
    return this.#inputs.provide(this.#memory, untilMs);
  }

  changeParameters(parameters: Parameters): void {
    const earlier = this.#core;
    this.#rewind();
    const kept = { part: earlier.part, plasticity: this.#plasticity };
    this.#core = createCore(parameters, this.#network, this.#options, kept);
    this.#inherit(earlier);
  }

  inherit(parent: SimulationEngine): void {
    if (!(parent instanceof Engine)) {
      throw new TypeError("The compiled engine can take up only the state of another one.");
    }
    parent.#rewind();
    this.#inherit(parent.#core);
  }

  /** Takes up the state of a core of the same network, in which nothing is drawn ahead. */
  #inherit(from: EngineCore): void {
    inheritState(this.#core.input, from.input);
    const { memory, parameters } = this.#core;
    if (hasOtherTargets(parameters, from.parameters)) forgetTargets(memory);
    this.#takeUp();
  }

  snapshot(): Uint8Array {
    this.#rewind();
    clearEndedChains(this.#memory);
    return this.#memory.stateBytes.slice();
  }

  restore(snapshot: Uint8Array): void {
    const { stateBytes } = this.#memory;
    if (snapshot.length !== stateBytes.length) {
      throw new RangeError(
        `A snapshot of ${snapshot.length} bytes: expected ${stateBytes.length} for this network.`,
      );
    }
    stateBytes.set(snapshot);
    const { part } = this.#core;
    // The first part keeps the count of all.
    if (part && part.index > 0) this.#memory.control[CELL_EVENTS] = 0;
    this.#takeUp();
  }

  /** Length of a snapshot. */
  get stateBytes(): number {
    return this.#memory.stateBytes.length;
  }

  /** Memory for the state that this part of a network puts together with the others. */
  sharedState(buffer: SharedArrayBuffer): SharedState {
    return new SharedState(this.#memory, buffer);
  }

  /** Puts down this part's state of the network, which the others must do as well. */
  putState(shared: SharedState): void {
    this.#rewind();
    shared.put(this.#memory, this.#core.part!);
  }

  /** Puts down the records of the cells that this part serves, which the others must do as well. */
  putCells(shared: SharedState): void {
    shared.putCells(this.#memory);
  }

  /** Takes the records of all cells, for `potentials` and no more. */
  takeCells(shared: SharedState): void {
    shared.takeCells(this.#memory);
  }

  /** Takes the state that all parts have put down. */
  takeState(shared: SharedState): void {
    shared.take(this.#memory, this.#core.part!);
  }

  /** Prepares what follows from the state, once that was set from outside. */
  #takeUp(): void {
    const { control } = this.#memory;
    this.setExternalFactor(control[EXTERNAL_FACTOR]!);
    forgetDrawn(this.#memory);
    this.#rewind();
    this.#inputs.open(this.#memory, this.timeMs);
    this.#core.kernel.begin();
  }

  /** Gives back external input that is drawn ahead, and begins anew at the time reached. */
  #rewind(): void {
    rewindStreams(this.#memory, this.#core.settings.windowMs, this.timeMs);
  }

  get stateLayout(): string {
    return stateLayout(this.#memory);
  }

  cellState(): CellState {
    return readCellState(this.#memory, this.#core.settings);
  }

  potentials(cells: readonly number[]): Potentials {
    const { cell, cellClass, classConstant, active, silenced, reading } = this.#memory;
    const potentials = unknownPotentials(cells.length);
    cells.forEach((index, place) => {
      if (!(active[index] || silenced[index])) return;
      const ofClass = cellClass[index]!;
      reading.set(cell.subarray(RECORD * index, RECORD * (index + 1)));
      this.#core.kernel.read(ofClass, this.timeMs);
      fillPotentials(potentials, place, reading, classConstant[CLASS_RECORD * ofClass + REST]!);
    });
    return potentials;
  }

  plasticGains(): Float64Array {
    return this.#memory.plasticGain.slice();
  }
}

const hasOtherTargets = (one: Parameters, other: Parameters): boolean =>
  one.targetRateEHz !== other.targetRateEHz || one.targetRateIHz !== other.targetRateIHz;

/** Lets the next event of every cell set its target rate again. */
function forgetTargets({ cell }: EngineMemory): void {
  for (let record = 0; record < cell.length; record += RECORD) cell[record + TARGET_RATE] = -1;
}
