import { cellLoss } from "./cell-loss.ts";
import { damage } from "./damage.ts";
import { deletion } from "./delete.ts";
import { electrostimulate } from "./electrostimulate.ts";
import { end } from "./end.ts";
import { external } from "./external.ts";
import { growth } from "./growth.ts";
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
  electrostimulate,
  scaling,
  growth,
  plasticity,
  silence,
  damage,
  deletion,
  cellLoss,
  end,
];

/** All kinds of intervention, in the order in which they are carried out at one instant. */
export const interventionKinds = (): readonly InterventionKind[] => kinds;

/** The kind with this key; undefined if there is none. */
export const findKind = (key: string): InterventionKind | undefined =>
  kinds.find((kind) => kind.key === key);

/**
 * Registration of a kind of intervention: files, `--add` and `Simulation.intervene` accept it
 * afterwards. At one instant, it is carried out after those registered before.
 *
 * @throws {RangeError} if a kind with this key exists
 * @example
 * ```ts
 * import { interventions, readExperiment, runExperiment } from "isocortex";
 *
 * const { addIntervention, fields, instantKind } = interventions;
 * addIntervention(
 *   instantKind({
 *     key: "weaken",
 *     description: "Weakens external input a little more each time.",
 *     example: "from 1 s every 1 s: weaken { factor: 0.9 }",
 *     schema: fields.keys({
 *       factor: fields.number("Factor of external input.", { minimum: 0, maximum: 1 }),
 *     }),
 *     label: ({ factor }) => `input × ${factor}`,
 *     initial: 0,
 *     act({ factor }, times, column, entry) {
 *       column.scaleExternalInput(entry, factor ** (times + 1));
 *       return { kept: times + 1, events: [] };
 *     },
 *   }),
 * );
 * const text = "{ duration: 3 s, timeline: [{ from: 1 s, every: 1 s, weaken: { factor: 0.9 } }] }";
 * console.log((await runExperiment(readExperiment(text))).spikeCount);
 * ```
 */
export function addIntervention(kind: InterventionKind): void {
  if (findKind(kind.key)) throw new RangeError(`The intervention ${kind.key} already exists.`);
  kinds.push(kind);
}
