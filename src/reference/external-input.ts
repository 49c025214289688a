import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import {
  type ScheduledInput,
  type Stimulus,
  scheduledInputs,
} from "../network/stimuli/stimulus.ts";
import type { Cell } from "./cell.ts";
import type { Event, EventQueue } from "./event-queue.ts";
import {
  type ExternalStream,
  externalStreams,
  type StreamState,
  streamSeed,
  succeedingStreams,
} from "./external-stream.ts";

export interface ExternalState {
  readonly externalFactor: number;
  readonly streams: readonly StreamState[];
  readonly inputCount: number;
}

/** Input from outside the network: external streams, and the scheduled input of stimuli. */
export class ExternalInput {
  /** Factor of the weights of all streams. */
  factor = 1;
  readonly #network: Network;
  readonly #cells: readonly Cell[];
  readonly #queue: EventQueue;
  #streams: ExternalStream[];
  #stimuli: readonly Stimulus[] = [];
  #inputs: Iterator<ScheduledInput, void> = [].values();
  /** Scheduled inputs that have come. */
  #inputCount = 0;

  constructor(parameters: Parameters, network: Network, cells: readonly Cell[], queue: EventQueue) {
    this.#network = network;
    this.#cells = cells;
    this.#queue = queue;
    this.#streams = externalStreams(parameters, network);
    this.#streams.forEach((_, number) => {
      this.#awaitStream(number);
    });
  }

  /** Input of a stream's event. */
  of({ order: number }: Event): Omit<ScheduledInput, "timeMs"> {
    const { cell, receptor, weightMv } = this.#streams[number]!;
    return { cell, receptor, weightMv: weightMv * this.factor };
  }

  /** Lets a stream go on after its event. */
  goOn({ order: number }: Event): void {
    this.#streams[number]!.goOn();
    this.#awaitStream(number);
  }

  #awaitStream(number: number): void {
    const timeMs = this.#streams[number]!.nextMs;
    if (timeMs < Infinity) this.#queue.add({ timeMs, kind: "externalInput", order: number });
  }

  /** Awaits the scheduled input after one that has come. */
  goOnWithStimuli(): void {
    this.#inputCount++;
    this.#awaitStimulus();
  }

  #awaitStimulus(): void {
    const input = this.#inputs.next().value;
    if (!input) return;
    const { timeMs } = input;
    this.#queue.add({ timeMs, kind: "scheduledInput", order: this.#inputCount, input });
  }

  setStimuli(stimuli: readonly Stimulus[], nowMs: number): void {
    this.#stimuli = stimuli;
    this.#inputs = scheduledInputs(stimuli, nowMs);
    this.#queue.keep(({ kind }) => kind !== "scheduledInput");
    this.#awaitStimulus();
  }

  /** Ends the streams of silenced cells. */
  endSilenced(): void {
    for (const stream of this.#streams) if (this.#cells[stream.cell]!.silenced) stream.end();
  }

  /** True if an event is of a stream that has ended. */
  hasEnded({ kind, order }: Event): boolean {
    return kind === "externalInput" && this.#streams[order]!.nextMs === Infinity;
  }

  /** Lets the streams of a cell go on that has been released. */
  release(cell: number, nowMs: number): void {
    this.#streams.forEach((stream, number) => {
      if (stream.cell === cell) this.#resume(number, nowMs);
    });
  }

  reseed(base: number, nowMs: number): void {
    this.#streams.forEach((stream, number) => {
      stream.seed(base + stream.number);
      if (!this.#cells[stream.cell]!.silenced) this.#resume(number, nowMs);
    });
  }

  /** Lets a stream go on that is silent: only a draw of 0 or the cell's own silence ends so. */
  #resume(number: number, nowMs: number): void {
    if (this.#streams[number]!.nextMs < Infinity) return;
    this.#streams[number]!.resume(nowMs);
    this.#awaitStream(number);
  }

  /** @param isReseeded whether the input seed is another one */
  changeParameters(parameters: Parameters, nowMs: number, isReseeded: boolean): void {
    this.#queue.keep(({ kind }) => kind !== "externalInput");
    this.#streams = succeedingStreams(this.#streams, parameters, this.#network, nowMs);
    this.#streams.forEach((stream, number) => {
      if (isReseeded) stream.seed(streamSeed(parameters, stream));
      if (!this.#cells[stream.cell]!.silenced) stream.wake(nowMs);
      this.#awaitStream(number);
    });
  }

  /** Takes the streams that a network with these parameters has; their state is to be restored. */
  inherit(parameters: Parameters): void {
    this.#streams = externalStreams(parameters, this.#network);
  }

  get state(): ExternalState {
    return {
      externalFactor: this.factor,
      streams: this.#streams.map(({ state }) => state),
      inputCount: this.#inputCount,
    };
  }

  /** Restores a state, once the queue holds its events. */
  restore({ externalFactor, streams, inputCount }: ExternalState, nowMs: number): void {
    this.factor = externalFactor;
    this.#inputCount = inputCount;
    this.#streams.forEach((stream, number) => {
      stream.state = streams[number]!;
    });
    this.setStimuli(this.#stimuli, nowMs);
  }
}
