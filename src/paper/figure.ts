import type { ClaimId } from "./claims.ts";
import type { ClaimId2014 } from "./claims-2014.ts";

/** Papers whose figures can be made, by their years. */
export const paperYears = ["2013", "2014"] as const;

export type Paper = (typeof paperYears)[number];

/** Experiment of one line or panel of a figure. */
export interface Condition {
  /** Name by which claims and drawings refer to it. */
  readonly role: string;
  /** Name in tables and legends. */
  readonly label: string;
  /** Experiment by name, without "-quick". */
  readonly preset: string;
  /** A parameter that differs from the experiment's. */
  readonly changed?: { readonly name: string; readonly value: number };
}

interface FigureContent {
  readonly number: number;
  readonly title: string;
  readonly conditions: readonly Condition[];
  /** Content of each panel, by its letter. */
  readonly panels: Readonly<Record<string, string>>;
}

/** A figure of the first paper: of one network, without and with scaling. */
export interface PaperFigure2013 extends FigureContent {
  readonly paper: "2013";
  readonly conditions: readonly (Condition & {
    readonly role: "withoutScaling" | "withScaling";
  })[];
  readonly claims: readonly ClaimId[];
}

/** A figure of the second paper: means over networks, one for each seed. */
export interface PaperFigure2014 extends FigureContent {
  readonly paper: "2014";
  readonly shows: "courses" | "deaths" | "information";
  /**
   * Stretches of `bufferIntervalMs` between which information flow is compared, by their places; the
   * last one in place of one that a shorter run has not.
   */
  readonly segments?: Readonly<Record<string, number>>;
  readonly claims: readonly ClaimId2014[];
  /** Source of the statements; their criteria are ours in either case. */
  readonly claimsFrom: "abstract" | "scripts";
}

export type PaperFigure = PaperFigure2013 | PaperFigure2014;

/** A figure with its unchanged conditions and, of what varies, these values alone. */
export function figureAt(figure: PaperFigure, values: readonly number[]): PaperFigure {
  const conditions = figure.conditions.filter(
    ({ changed }) => changed === undefined || values.includes(changed.value),
  );
  return { ...figure, conditions } as PaperFigure;
}
