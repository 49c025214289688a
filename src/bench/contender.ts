import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phasesOf } from "../experiment/phases.ts";
import { program } from "../host/package.ts";
import { systemClock, timestamp } from "../host/system-clock.ts";
import { inTurns, yieldTurn } from "../host/turns.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import { networkSteps } from "../network/construction.ts";
import { RunWriter } from "../recording/run-writer.ts";
import { Simulation } from "../simulation/advance.ts";
import { Recorder } from "../simulation/recorder.ts";
import { FolderStore } from "../store/run-folder.ts";
import { teamOf } from "../threads/starting.ts";

/** Cost and events of a stretch of simulation. */
export interface Slice {
  readonly wallMs: number;
  /** Time on a core, that of compiler and garbage collector included: less than wall time if others had it. */
  readonly cpuMs: number;
  readonly simulatedMs: number;
  readonly cellEvents: number;
  readonly spikes: number;
}

/** Wall time of an event of a slice, ns. */
export const nsPerEvent = ({ wallMs, cellEvents }: Slice): number => (1e6 * wallMs) / cellEvents;

function cpuTimeMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export interface ContenderOptions {
  /** True if it is recorded, to a temporary folder, as `isocortex run` would. */
  readonly recorded?: boolean | undefined;
  /** Number of threads for its network. */
  readonly threads?: number;
}

/** One of the simulations that are timed in turn. */
export class Contender {
  readonly simulation: Simulation;
  readonly #record: { readonly folder: string; readonly store: FolderStore } | undefined;
  readonly #recorder: Recorder | undefined;

  readonly #signal: AbortSignal;

  /** Builds its network, which the signal can cut short as it can all that follows. */
  static async create(
    overrides: ParameterOverrides,
    signal: AbortSignal,
    { recorded = false, threads = 1 }: ContenderOptions = {},
  ): Promise<Contender> {
    const parameters = resolveParameters(overrides);
    const network = await inTurns(networkSteps(parameters), signal);
    const simulation = new Simulation(parameters, { ...teamOf(threads), network });
    return new Contender(simulation, signal, recorded);
  }

  private constructor(simulation: Simulation, signal: AbortSignal, recorded: boolean) {
    this.simulation = simulation;
    this.#signal = signal;
    if (!recorded) return;
    const folder = mkdtempSync(join(tmpdir(), "isocortex-bench-"));
    this.#record = { folder, store: new FolderStore(folder) };
    const environment = { ...systemClock, yieldTurn };
    this.#recorder = new Recorder(this.simulation, this.#createWriter(this.#record.store), {
      environment,
    });
  }

  #createWriter(store: FolderStore): RunWriter {
    const { parameters, durationMs, network } = this.simulation;
    const description = {
      program,
      preset: null,
      label: "benchmark",
      parameters,
      phases: phasesOf(parameters),
      durationMs,
      createdAt: timestamp(),
    };
    return RunWriter.create(store, description, network);
  }

  /** Simulates `forMs` more, or a little beyond when recorded, and times it. */
  async advance(forMs: number): Promise<Slice> {
    const { timeMs, cellEventCount, spikeCount } = this.simulation;
    const cpuBefore = process.cpuUsage();
    const begun = performance.now();
    await this.#advanceTo(timeMs + forMs);
    return {
      wallMs: performance.now() - begun,
      cpuMs: cpuTimeMs(cpuBefore),
      simulatedMs: this.simulation.timeMs - timeMs,
      cellEvents: this.simulation.cellEventCount - cellEventCount,
      spikes: this.simulation.spikeCount - spikeCount,
    };
  }

  async #advanceTo(untilMs: number): Promise<void> {
    while (this.simulation.timeMs < untilMs) {
      if (this.#recorder) this.#recorder.stretch();
      else this.simulation.stretch(untilMs, () => {});
      await yieldTurn();
      this.#signal.throwIfAborted();
    }
  }

  /** Lets its threads go, and deletes what was recorded. */
  dispose(): void {
    this.simulation.release();
    if (this.#record === undefined) return;
    this.#record.store.close();
    rmSync(this.#record.folder, { recursive: true, force: true });
  }
}

/** Has contenders at one's disposal, and deletes what they recorded, whatever happens. */
export async function withContenders<K extends string, T>(
  create: Readonly<Record<K, () => Promise<Contender>>>,
  work: (contenders: Readonly<Record<K, Contender>>) => Promise<T>,
): Promise<T> {
  const contenders: Partial<Record<K, Contender>> = {};
  try {
    for (const key in create) contenders[key] = await create[key]();
    return await work(contenders as Record<K, Contender>);
  } finally {
    for (const key in contenders) contenders[key]?.dispose();
  }
}

/** Times each contender's next slice in turn, A B C A B C …, as often as asked. */
export async function timeInTurn<K extends string>(
  contenders: Readonly<Record<K, Contender>>,
  sliceMs: number,
  { repeats, signal }: { readonly repeats: number; readonly signal: AbortSignal },
): Promise<Readonly<Record<K, Slice>>[]> {
  const rounds: Record<K, Slice>[] = [];
  for (let round = 0; round < repeats; round++) {
    const slices: Partial<Record<K, Slice>> = {};
    for (const key in contenders) {
      await yieldTurn();
      signal.throwIfAborted();
      slices[key] = await contenders[key].advance(sliceMs);
    }
    rounds.push(slices as Record<K, Slice>);
  }
  return rounds;
}
