import { deletion } from "./delete.ts";
import { external } from "./external.ts";
import type { InterventionKind } from "./kind.ts";
import { plasticity } from "./plasticity.ts";
import { reseed } from "./reseed.ts";
import { scaling } from "./scaling.ts";
import { set } from "./set.ts";
import { silence } from "./silence.ts";
import { stimulate } from "./stimulate.ts";
import { trials } from "./trials.ts";

/** All kinds, in the order in which they are carried out at one instant. */
const kinds: InterventionKind[] = [
  trials,
  reseed,
  set,
  external,
  stimulate,
  scaling,
  plasticity,
  silence,
  deletion,
];

/** All kinds of intervention, in the order in which they are carried out at one instant. */
export const interventionKinds = (): readonly InterventionKind[] => kinds;

/** The kind of a key; undefined when there is none. */
export const findKind = (key: string): InterventionKind | undefined =>
  kinds.find((kind) => kind.key === key);

/**
 * Adds a kind of intervention to those that there are, at the end of their order.
 *
 * @throws {RangeError} when there is one with this key
 */
export function addIntervention(kind: InterventionKind): void {
  if (findKind(kind.key)) throw new RangeError(`The intervention ${kind.key} already exists.`);
  kinds.push(kind);
}
