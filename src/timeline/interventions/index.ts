/** Interventions in the course of a run, and how kinds of them are added. */

export type { CellSelection } from "../cell-selection.ts";
export type { Column, NetworkChange } from "../column.ts";
export { entryFromLine } from "../entry-line.ts";
export { provideTrains, type SpikeTrains } from "../spike-trains.ts";
export type { StimulusPlan } from "../stimulus-plan.ts";
/** Keys of an intervention's entries: types, units and ranges. */
export * as fields from "./fields.ts";
export {
  type Happening,
  type Held,
  type InstantKind,
  type InterventionKind,
  instantKind,
  type KindDescription,
  type Outcome,
  type StateKind,
  stateKind,
} from "./kind.ts";
export { type InterventionListing, type KeyListing, listInterventions } from "./listing.ts";
export { addIntervention } from "./registry.ts";
