import { obeyInTurns } from "../../live/worker/turns.ts";
import type { ViewOrder, ViewReport } from "./messages.ts";
import { ViewedPlayer } from "./viewed-player.ts";

/** The thread that reads a recorded run, and simulates it on. */
const base = new URL(".", globalThis.location.href).href;

obeyInTurns<ViewOrder, ViewReport>((surroundings) => new ViewedPlayer({ ...surroundings, base }));
