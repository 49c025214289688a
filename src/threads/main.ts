/** A thread that serves a part of the network of the simulation that leads it. */

import { workerData } from "node:worker_threads";
import { Engine } from "../engine/driver.ts";
import { changeNetwork } from "../timeline/column.ts";
import { provideTrains } from "../timeline/spike-trains.ts";
import { PartLeftError } from "./shared-spikes.ts";
import type { TeamTask } from "./starting.ts";
import { TeamMember } from "./team.ts";

/** Simulated before anything is asked for: code is compiled as it is used, ms of a column. */
const WARM_UP_MS = 100;

const { parameters, network, memory, index, trains } = workerData as TeamTask;
for (const one of trains) provideTrains(one);
const member = new TeamMember(memory, index);
try {
  follow();
} catch (error) {
  if (!(error instanceof PartLeftError)) {
    member.leave();
    throw error;
  }
}

/** Does what the leader of the team does, until that lets it go. */
function follow(): void {
  const engine = new Engine(parameters, network);
  engine.advance(WARM_UP_MS, () => {});
  const state = engine.sharedState(member.state);
  while (true) {
    const { kind, untilMs } = member.next();
    if (kind === "advance") engine.advance(untilMs, () => {});
    else if (kind === "put-state") engine.putState(state);
    else if (kind === "put-cells") engine.putCells(state);
    else if (kind === "rest") engine.serve(undefined);
    else if (kind === "restore") {
      engine.serve(member.part, member.plasticity);
      engine.restore(new Uint8Array(member.state).slice(0, engine.stateBytes));
    } else for (const change of member.changes) changeNetwork(engine, network, change);
  }
}
