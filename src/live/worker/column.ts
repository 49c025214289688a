import "./begun.ts";
import type { Order, Report } from "./messages.ts";
import { Player } from "./player.ts";
import { obeyInTurns } from "./turns.ts";

/** The thread that plays the column. */
obeyInTurns<Order, Report>((surroundings) => new Player(surroundings));
