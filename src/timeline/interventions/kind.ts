import type * as z from "zod";
import type { Parameters } from "../../model/parameters.ts";
import type { RunEvent } from "../../recording/run-event.ts";
import type { Column } from "../column.ts";
import type { ColumnCells } from "../selections/kind.ts";
import type { When } from "../when.ts";

/** The name, texts and schema of a kind of intervention. */
export interface KindDescription<Action> {
  /** The key of an entry that says what it does. */
  readonly key: string;
  /** Description of one sentence. */
  readonly description: string;
  /** An entry of this kind, as `--add` takes it. */
  readonly example: string;
  /** Schema of the key's value; see fields.ts. */
  readonly schema: z.ZodType<Action>;
  /** Label in figures. */
  label(action: Action): string;
  /** Fills in what the parameters decide where the entry does not, such as seeds. */
  complete?(action: Action, parameters: Parameters): Action;
  /** Keys that name files; paths in a file are relative to its folder. */
  readonly files?: readonly string[];
  /**
   * Data stored with an entry so that it does not depend on later changes of files.
   *
   * @internal
   */
  seal?(action: Action): object;
  /**
   * Problems of an action in a column, by the key concerned.
   *
   * @internal
   */
  check?(action: Action, column: PlannedColumn, when: When): readonly ActionProblem[];
}

/** A column before it is built, as far as actions are checked against it. */
export interface PlannedColumn {
  readonly parameters: Parameters;
  readonly cells: ColumnCells;
}

export interface ActionProblem {
  /** Keys within the action; empty for all of it. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** An event without its time and entry, which the timeline adds. */
export type Happening = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, "timeMs" | "entry">
    : never
  : never;

/** Result of an action. */
export interface Outcome<Kept> {
  readonly kept: Kept;
  readonly events: readonly Happening[];
  /** True if a repeated action is over, as it can do nothing more. */
  readonly isOver?: boolean;
}

/**
 * Something done at an instant, once or again and again.
 *
 * `Kept` is what a checkpoint keeps of an entry besides its times: plain values that JSON can hold.
 */
export interface InstantKind<Action = unknown, Kept = unknown> extends KindDescription<Action> {
  readonly form: "instant";
  /** Kept state before the first time. */
  readonly initial: Kept;
  act(action: Action, kept: Kept, column: Column, entry: string): Outcome<Kept>;
  /** Brings into effect what a branch has changed of an action that was carried out before. */
  amend?(action: Action, kept: Kept, column: Column, entry: string): void;
}

/** An entry whose state holds. */
export interface Held<Action> {
  readonly entry: string;
  readonly action: Action;
  /** Time at which it began to hold, ms; later for one that a branch brings into effect. */
  readonly sinceMs: number;
  /** Time at which it should have begun, whatever a branch has done since, ms. */
  readonly begunMs: number;
  /** Time at which it will end, ms; Infinity where nobody knows. */
  readonly untilMs: number;
}

/** A state that holds for a while, or from some time on. */
export interface StateKind<Action = unknown> extends KindDescription<Action> {
  readonly form: "state";
  /** True if what it does depends on when it will end. */
  readonly foreseesEnd?: boolean;
  /**
   * Brings the network into the state that the entries ask for which now hold, the last begun last;
   * called whenever there are others than before.
   */
  hold(held: readonly Held<Action>[], column: Column, before: readonly Held<Action>[]): void;
  /**
   * The same where a run begins, or goes on from a checkpoint, for what the engine's own state does
   * not hold; called before that is restored.
   */
  resume?(held: readonly Held<Action>[], column: Column): void;
  /** The event of a beginning or end, where it is another than the usual one. */
  event?(action: Action, phase: "begin" | "end"): Happening | undefined;
}

/** A kind of intervention, of either form. */
// biome-ignore lint/suspicious/noExplicitAny: each kind alone knows its actions.
export type InterventionKind = InstantKind<any, any> | StateKind<any>;

/**
 * A kind of intervention at instants, with the types of its actions.
 *
 * @example
 * ```ts
 * import { interventions } from "isocortex";
 *
 * const { addIntervention, fields, instantKind } = interventions;
 * addIntervention(
 *   instantKind({
 *     key: "wane",
 *     description: "Weakens external input a little more each time.",
 *     example: "from 1 s every 1 s: wane { factor: 0.9 }",
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
 * console.log(interventions.listInterventions().at(-1)?.example);
 * ```
 */
export const instantKind = <Action, Kept>(
  kind: Omit<InstantKind<Action, Kept>, "form">,
): InstantKind<Action, Kept> => ({ form: "instant", ...kind });

/**
 * A kind of intervention that holds, with the type of its actions.
 *
 * @example
 * ```ts
 * import { interventions, readExperiment, runExperiment } from "isocortex";
 *
 * const { addIntervention, fields, stateKind } = interventions;
 * addIntervention(
 *   stateKind({
 *     key: "dim",
 *     description: "Halves external input while it holds.",
 *     example: "from 1 s until 2 s: dim on",
 *     schema: fields.toggle("Whether input is halved."),
 *     label: () => "input × 0.5",
 *     hold(held, column) {
 *       column.scaleExternalInput("dim", held.some(({ action }) => action) ? 0.5 : 1);
 *     },
 *   }),
 * );
 * const text = "{ duration: 3 s, timeline: [{ from: 1 s, until: 2 s, dim: on }] }";
 * console.log((await runExperiment(readExperiment(text))).spikeCount);
 * ```
 */
export const stateKind = <Action>(kind: Omit<StateKind<Action>, "form">): StateKind<Action> => ({
  form: "state",
  ...kind,
});
