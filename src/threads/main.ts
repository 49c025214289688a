/** A thread that serves a part of the network of the simulation that leads it. */

import { workerData } from "node:worker_threads";
import { Simulation } from "../simulation/advance.ts";
import { provideTrains } from "../timeline/spike-trains.ts";
import type { TeamTask } from "./starting.ts";
import { TeamMember } from "./team.ts";

const { parameters, network, memory, index, trains } = workerData as TeamTask;
for (const one of trains) provideTrains(one);
const member = new TeamMember(memory, index);
try {
  new Simulation(parameters, { network, team: () => member }).follow();
} catch (error) {
  member.leave();
  throw error;
}
