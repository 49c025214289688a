import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Engine } from "../engine/driver.ts";
import { availableBytes } from "../host/available-memory.ts";
import { packageRoot } from "../host/package.ts";
import { usableCores } from "../host/usable-cores.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { EngineMaker } from "../simulation/advance.ts";
import { knownTrains, type SpikeTrains } from "../timeline/spike-trains.ts";
import { AdaptivePacer, type Pacer } from "./pacer.ts";
import { createTeamMemory, MOST_MEMBERS, TeamMember, type TeamMemory } from "./team.ts";
import { TeamEngine } from "./team-engine.ts";

/** Task of a thread. */
export interface TeamTask {
  readonly parameters: Parameters;
  readonly network: Network;
  readonly memory: TeamMemory;
  /** Those that stimuli may take. */
  readonly trains: readonly SpikeTrains[];
  readonly index: number;
}

// Compiled, wherever this module is: Node.js 20 runs no TypeScript.
const threadPath = join(packageRoot, "dist/threads/main.js");

/** Threads were asked for where none can be. */
export class EngineThreadsError extends Error {
  override readonly name = "EngineThreadsError";

  constructor() {
    super("The reference engine runs on one thread: leave out --threads.");
  }
}

/** Number of threads that serve one network; "auto" for as many as it can use of the cores there are. */
export type ThreadCount = number | "auto";

/**
 * Wall time after which other threads begin where nobody asked for them, ms: shorter runs are not
 * worth the time that a thread takes to start.
 */
const AUTO_START_MS = 1000;

/**
 * Lets a simulation be served by up to so many threads, as far as cores are free; by one where it
 * is not said. `Simulation.release` ends the others.
 *
 * @throws {RangeError} when that is no number of threads
 */
export function teamOf(
  threads: ThreadCount = 1,
  pacer: Pacer = new AdaptivePacer(threads === "auto" ? AUTO_START_MS : 0),
): { readonly makeEngine?: EngineMaker } {
  if (threads !== "auto") checkThreads(threads);
  if (threads === 1) return {};
  return {
    makeEngine: (parameters, network) => {
      const count = threads === "auto" ? usefulThreads(network) : threads;
      if (count === 1) return new Engine(parameters, network);
      return new TeamEngine(parameters, network, pacer, ({ memoryBytes, partNeeds }) => {
        const bytes = (count - 1) * (THREAD_BYTES + networkBytes(network) + memoryBytes);
        if (bytes > availableBytes() / 2) return undefined;
        const memory = createTeamMemory(count, partNeeds);
        for (let index = 1; index < count; index++) {
          beginThread({ parameters, network, memory, index, trains: [...knownTrains().values()] });
        }
        return new TeamMember(memory, 0);
      });
    },
  };
}

function checkThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_MEMBERS) return;
  const expected = `a whole number from 1 to ${MOST_MEMBERS}, or "auto"`;
  throw new RangeError(`threads = ${threads}: expected ${expected}.`);
}

/** Fewer cells are not worth a thread; half of the published column is. */
const CELLS_PER_THREAD = 200;
/** More would wait most of the time: all threads send all spikes. */
const MOST_USEFUL_THREADS = 4;

const usefulThreads = ({ cellCount }: Network): number =>
  Math.max(
    1,
    Math.min(usableCores(), MOST_USEFUL_THREADS, Math.floor(cellCount / CELLS_PER_THREAD)),
  );

/** Memory of Node.js in a thread, besides its copy of the network and its engine. */
const THREAD_BYTES = 30e6;

const networkBytes = (network: Network): number =>
  Object.values(network)
    .filter((value) => ArrayBuffer.isView(value))
    .reduce((sum, { byteLength }) => sum + byteLength, 0);

function beginThread(task: TeamTask): void {
  const thread = new Worker(threadPath, { workerData: task, execArgv: [] });
  thread.on("error", ({ message }) => process.stderr.write(`error in a thread: ${message}\n`));
  // The process may end without it.
  thread.unref();
}
