import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../host/package.ts";
import type { Parameters } from "../model/parameters.ts";
import type { Network } from "../network/construction.ts";
import type { SimulationOptions } from "../simulation/advance.ts";
import { knownTrains, type SpikeTrains } from "../timeline/spike-trains.ts";
import { createTeamMemory, TeamMember, type TeamMemory } from "./team.ts";
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

/**
 * Lets a simulation be served by so many threads together; the others begin at once.
 * `Simulation.release` ends them.
 */
export function teamOf(threads = 1): Pick<SimulationOptions, "makeEngine"> {
  if (threads === 1) return {};
  return {
    makeEngine: (parameters, network) =>
      new TeamEngine(parameters, network, (needs) => {
        const memory = createTeamMemory(threads, needs);
        for (let index = 1; index < threads; index++) {
          beginThread({ parameters, network, memory, index, trains: [...knownTrains().values()] });
        }
        return new TeamMember(memory, 0);
      }),
  };
}

function beginThread(task: TeamTask): void {
  const thread = new Worker(threadPath, { workerData: task, execArgv: [] });
  thread.on("error", ({ message }) => process.stderr.write(`error in a thread: ${message}\n`));
  // The process may end without it.
  thread.unref();
}
