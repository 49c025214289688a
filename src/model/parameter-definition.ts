/* What a parameter is, and how the tables of parameters are written. */

export interface Definition {
  /** Unit as printed to users; "1" for plain numbers, "" for switches and choices. */
  readonly unit: string;
  /** What it does, in one sentence. */
  readonly doc: string;
  /** The original's name(s), accepted wherever ours are. */
  readonly original?: readonly string[];
  /** Whether its original name does nothing there: the original's scripts set it, or never read it. */
  readonly inertInOriginal?: true;
}

export interface NumberDefinition extends Definition {
  readonly kind: "number" | "integer";
  /** Published value, or null when it is derived from other parameters (see derived-defaults.ts). */
  readonly default: number | null;
  readonly min: number;
  readonly max: number;
  /** When true, `min` itself is not allowed. */
  readonly aboveMin?: boolean;
}

export interface BooleanDefinition extends Definition {
  readonly kind: "boolean";
  readonly default: boolean;
}

export interface ChoiceDefinition<C extends string = string> extends Definition {
  readonly kind: "choice";
  readonly choices: readonly C[];
  readonly default: C;
  /** What the original's numeric switch values mean, indexed by that value. */
  readonly originalValues?: readonly C[];
}

export type ParameterDefinition = NumberDefinition | BooleanDefinition | ChoiceDefinition;

type Optional = Pick<NumberDefinition, "aboveMin" | "original" | "inertInOriginal">;

export const number = (
  value: number | null,
  unit: string,
  [min, max]: readonly [number, number],
  doc: string,
  optional: Optional = {},
) => ({ kind: "number", default: value, unit, min, max, doc, ...optional }) as const;

export const integer = (
  value: number | null,
  unit: string,
  [min, max]: readonly [number, number],
  doc: string,
  optional: Optional = {},
) => ({ kind: "integer", default: value, unit, min, max, doc, ...optional }) as const;

export const toggle = (
  value: boolean,
  doc: string,
  optional: Pick<Definition, "original" | "inertInOriginal"> = {},
) => ({ kind: "boolean", default: value, unit: "", doc, ...optional }) as const;

export const choice = <const C extends string>(
  value: NoInfer<C>,
  choices: readonly C[],
  doc: string,
  optional: Pick<ChoiceDefinition<C>, "original" | "originalValues"> = {},
): ChoiceDefinition<C> => ({ kind: "choice", default: value, choices, unit: "", doc, ...optional });

export const anyPositive = [0, 1e12] as const;
export const anyNumber = [-1e12, 1e12] as const;
/** In s; in ms as far as `anyPositive`. */
export const anyDuration = [0, 1e9] as const;
export const seedRange = [0, 4294967295] as const;
