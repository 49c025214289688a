import type * as z from "zod";
import type { Parameters } from "../../model/parameters.ts";
import type { RunEvent } from "../../recording/run-event.ts";
import type { Column } from "../column.ts";
import type { ColumnCells } from "../selections/kind.ts";
import type { When } from "../when.ts";

/** Name, texts and schema of a kind of intervention. */
export interface KindDescription<Action> {
  /** Key that identifies the kind in an entry, such as `delete`. */
  readonly key: string;
  /** Description, one sentence. */
  readonly description: string;
  /** Example of an entry, as `--add` accepts it. */
  readonly example: string;
  /** Schema of the key's value, composed of `fields`. */
  readonly schema: z.ZodType<Action>;
  /** Label in figures. */
  label(action: Action): string;
  /** Completes an action with values from the parameters, such as seeds. */
  complete?(action: Action, parameters: Parameters): Action;
  /** Years of the models that have it; both by default. */
  readonly models?: readonly (2013 | 2014)[];
  /** Keys whose values are files; their paths are relative to the folder of the experiment file. */
  readonly files?: readonly string[];
  /**
   * Data stored with an entry so that it does not depend on later changes of files.
   *
   * @internal
   */
  seal?(action: Action): object;
  /**
   * Problems of an action in a column, with their keys.
   *
   * @internal
   */
  check?(action: Action, column: PlannedColumn, when: When): readonly ActionProblem[];
}

/** Column against which actions are checked, before its network is built. */
export interface PlannedColumn {
  readonly parameters: Parameters;
  readonly cells: ColumnCells;
}

export interface ActionProblem {
  /** Keys within the action; empty for the action as a whole. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Event without time and entry, which the timeline adds. */
export type Happening = RunEvent extends infer E
  ? E extends RunEvent
    ? Omit<E, "timeMs" | "entry">
    : never
  : never;

/** Result of an action. */
export interface Outcome<Kept> {
  readonly kept: Kept;
  readonly events: readonly Happening[];
  /** True if a repeated action can have no further effect, and ends. */
  readonly isOver?: boolean;
  /** True if the run ends at this time. */
  readonly endsRun?: boolean;
}

/**
 * Kind of intervention at an instant, once or repeatedly, such as `delete`.
 *
 * Checkpoints store a state `Kept` of each entry besides its times: values that JSON can represent.
 */
export interface InstantKind<Action = unknown, Kept = unknown> extends KindDescription<Action> {
  readonly form: "instant";
  /** Initial state. */
  readonly initial: Kept;
  act(action: Action, kept: Kept, column: Column, entry: string): Outcome<Kept>;
  /** Applies the changes that a branch makes to an action that was carried out before it. */
  amend?(action: Action, kept: Kept, column: Column, entry: string): void;
  /** See `StateKind.resume`. */
  resume?(column: Column): void;
}

/** An entry whose state is in effect. */
export interface Held<Action> {
  readonly entry: string;
  readonly action: Action;
  /** Time at which it took effect, ms; in a branch not before the time of the branch. */
  readonly sinceMs: number;
  /** Start of the entry, ms, also if that is before the time of a branch. */
  readonly begunMs: number;
  /** End of the entry, ms; Infinity if unknown. */
  readonly untilMs: number;
}

/** Kind of intervention with a duration, such as `silence` or `scaling`. */
export interface StateKind<Action = unknown> extends KindDescription<Action> {
  readonly form: "state";
  /** True if its effect depends on its end. */
  readonly foreseesEnd?: boolean;
  /**
   * Brings the network into the state of the entries in effect, in order of their start; called
   * whenever these change.
   */
  hold(held: readonly Held<Action>[], column: Column, before: readonly Held<Action>[]): void;
  /**
   * The same at the start of a run or at a checkpoint, for effects that are not part of the engine's
   * state; called before that is restored.
   */
  resume?(held: readonly Held<Action>[], column: Column): void;
  /** Event of a start or end, if it differs from the usual one. */
  event?(action: Action, phase: "begin" | "end"): Happening | undefined;
}

/** Kind of intervention, at instants or with a duration. */
// biome-ignore lint/suspicious/noExplicitAny: each kind alone knows its actions.
export type InterventionKind = InstantKind<any, any> | StateKind<any>;

/**
 * Definition of a kind of intervention at instants, with the types of its actions inferred.
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
 * Definition of a kind of intervention with a duration, with the type of its actions inferred.
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
