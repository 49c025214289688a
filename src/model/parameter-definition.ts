/* What a parameter is. All that is known of one is in its entry in the tables of `parameters/`. */

/** The published models, by the years of their papers. */
export const models = [2013, 2014] as const;
export type Model = (typeof models)[number];

/** The name of a parameter in a model's original scripts. */
export type OriginalName<C extends string = string> =
  | string
  | {
      readonly name: string;
      /** True if the name does nothing there: the original's scripts set it, or never read it. */
      readonly inert?: true;
      /** Meaning of the original's numeric switch values, indexed by that value. */
      readonly codes?: readonly C[];
    };

/**
 * A default that follows from parameters whose defaults do not, or which are listed before;
 * rounded to six digits after.
 */
export interface Derivation<G = never> {
  /** The rule, as printed to users. */
  readonly formula: string;
  readonly compute: (given: G) => number;
}

/** Time at which a parameter's value first matters to a run, if not from the beginning. @inline */
export type LaterEffect =
  /** Once scaling, or plasticity, is first turned on. */
  | "with scaling"
  | "with plasticity"
  /** It is nothing but entries of the timeline, and matters as they do. */
  | "as entries"
  /** Entries of the timeline, or times of the run, derived from it. */
  | "through entries"
  | "never";

/** The latest moment at which a parameter can be changed, and why it can be no later. */
export type Change = RunChange | { readonly latest: "beginning"; readonly reason: string };

/** A change that runs can make which have begun: at any time, or where a branch begins. */
export type RunChange =
  | { readonly latest: "any time" }
  | { readonly latest: "branch"; readonly reason: string };

/**
 * Effect of a parameter in the course of a run. Runs share their past up to where their parameters
 * first matter, and branch there: so what matters later, a branch can change.
 */
export type Effect =
  | { readonly matters: "from the beginning"; readonly changes: Change }
  | { readonly matters: LaterEffect; readonly changes: RunChange };

interface Common<C extends string = string> {
  /** Description of one sentence. */
  readonly doc: string;
  /** The models that have it, each with its original name there; null for parameters of ours. */
  readonly models: OriginalNames<OriginalName<C> | null>;
}

type OriginalNames<N> =
  | { readonly 2013: N; readonly 2014?: N }
  | { readonly 2013?: N; readonly 2014: N };

/** The same name in both models. */
export const inBoth = <const N>(name: N): Readonly<Record<Model, N>> => ({
  2013: name,
  2014: name,
});

/** Defaults that differ between the models. */
export type ModelDefaults<D> = Readonly<Record<Model, D>>;

type NumberFields<D> = Common &
  Effect & {
    /** The published value, or how it follows from other parameters; for each model, if it differs. */
    readonly default: D;
    /** As printed to users; "1" for plain numbers. */
    readonly unit: string;
    /** The least and the greatest value. */
    readonly range: readonly [number, number];
    /** Time at which true, the least value itself is not allowed. */
    readonly aboveMin?: true;
  };

type ToggleFields = Common & Effect & { readonly default: boolean };

type ChoiceFields<C extends string> = Common<C> &
  Effect & { readonly choices: readonly C[]; readonly default: NoInfer<C | ModelDefaults<C>> };

type NumberDefault = number | Derivation;

export type NumberDefinition<D = NumberDefault | ModelDefaults<NumberDefault>> = NumberFields<D> & {
  readonly kind: "number" | "integer";
};

export type BooleanDefinition = ToggleFields & { readonly kind: "boolean"; readonly unit: "" };

export type ChoiceDefinition<C extends string = string> = ChoiceFields<C> & {
  readonly kind: "choice";
  readonly unit: "";
};

export type ParameterDefinition = NumberDefinition | BooleanDefinition | ChoiceDefinition;

export const number = <const D extends NumberDefault | ModelDefaults<NumberDefault>>(
  fields: NumberFields<D>,
): NumberDefinition<D> => ({ kind: "number", ...fields });

export const integer = <const D extends NumberDefault | ModelDefaults<NumberDefault>>(
  fields: NumberFields<D>,
): NumberDefinition<D> => ({ kind: "integer", ...fields });

export const toggle = (fields: ToggleFields): BooleanDefinition => ({
  kind: "boolean",
  unit: "",
  ...fields,
});

export const choice = <const C extends string>(fields: ChoiceFields<C>): ChoiceDefinition<C> => ({
  kind: "choice",
  unit: "",
  ...fields,
});

export const derived = <G>(formula: string, compute: (given: G) => number): Derivation<G> => ({
  formula,
  compute,
});

/** Numbers that a derivation takes. */
export type Given<N extends string> = Readonly<Record<N, number>>;

export const anyPositive = [0, 1e12] as const;
export const anyNumber = [-1e12, 1e12] as const;
/** In s; in ms as far as `anyPositive`. */
export const anyDuration = [0, 1e9] as const;
export const anySeed = [0, 4294967295] as const;
