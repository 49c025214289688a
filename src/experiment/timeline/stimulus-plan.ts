import type { Receptor } from "../../model/receptors.ts";
import type { Network } from "../../network/network.ts";
import { listedInputs } from "../../network/stimuli/listed.ts";
import type { Pattern } from "../../network/stimuli/pattern.ts";
import { findPattern, type PatternName } from "../../network/stimuli/patterns.ts";
import type { Stimulus } from "../../network/stimuli/stimulus.ts";
import { CellSelection, type ColumnCells } from "./cell-selection.ts";

/** A stimulus as values that JSON can hold: all that it follows from, besides the network. */
export interface StimulusPlan {
  /** As a file has it. */
  readonly cells: unknown;
  readonly receptor: Receptor;
  readonly weightMv: number;
  /** When it begins and ends, ms; null for no end. */
  readonly startMs: number;
  readonly endMs: number | null;
  readonly source: GeneratedSource | ListedSource;
}

/** Inputs of a pattern. */
export interface GeneratedSource {
  readonly pattern: PatternName;
  readonly rateHz: number;
  readonly seed: number;
  readonly together: boolean;
  /** Of the pattern's own keys. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Inputs to all cells at listed times from the beginning on. */
export interface ListedSource {
  readonly timesMs: readonly number[];
}

/** The stimulus of a plan in a network. */
export function stimulusOf(plan: StimulusPlan, network: Network): Stimulus {
  const { receptor, weightMv, source } = plan;
  const inputs =
    "pattern" in source ? generated(plan, source, network) : listed(plan, source, network);
  return { receptor, weightMv, inputs };
}

/** What the inputs of a pattern follow from. */
export function patternPlan(
  { cells, startMs, endMs }: Pick<StimulusPlan, "cells" | "startMs" | "endMs">,
  { pattern, rateHz, seed, together, values }: GeneratedSource,
  column: ColumnCells,
): Parameters<Pattern["inputs"]>[0] {
  const { keys } = findPattern(pattern);
  const defaults = Object.entries(keys).map(([name, key]) => [name, key.default]);
  return {
    cells: new CellSelection(cells).resolve(column),
    rateHz,
    seed,
    together,
    startMs,
    endMs: endMs ?? Infinity,
    values: { ...Object.fromEntries(defaults), ...values },
  };
}

function generated(plan: StimulusPlan, source: GeneratedSource, network: Network) {
  const own = patternPlan(plan, source, network);
  return (fromMs: number) => findPattern(source.pattern).inputs(own, fromMs);
}

function listed({ cells, startMs }: StimulusPlan, { timesMs }: ListedSource, network: Network) {
  const chosen = new CellSelection(cells).resolve(network);
  const list = {
    timesMs: Float64Array.from(timesMs.flatMap((timeMs) => chosen.map(() => timeMs))),
    cells: timesMs.flatMap(() => chosen),
  };
  return (fromMs: number) => listedInputs(list, fromMs, startMs);
}
