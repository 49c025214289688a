import * as z from "zod";
import { rangeTexts } from "../numeric/ranges.ts";
import type { CellSample } from "./cell-sample.ts";
import type { RunEvent } from "./run-event.ts";

/**
 * The range that scale factors of a column in balance keep to, ends included. Published settings
 * stay far inside it; a controller whose factors leave it is unstable, or has no cells left to
 * regulate.
 */
const scaleFactorRange = { least: 0.01, most: 100 } as const;

const timeMs = z.number().nonnegative();
const count = z.int().nonnegative();

/** Cells that something was first seen of at one recorded time. */
const cellsSchema = z.object({ timeMs, cells: z.array(count) });

/** Values of a run outside their range, and the times at which they were first recorded. */
export const excursionsSchema = z.object({
  /** The range of scale factors. */
  scaleFactorRange: z.object({ least: z.number(), most: z.number() }),
  /** Cells whose scale factor was outside it, or not a finite number. */
  outsideRange: z.array(cellsSchema),
  /** Cells whose scale factor, sensed or target rate was not a finite number. */
  notFinite: z.array(cellsSchema),
  /** Plastic gains that were not finite numbers: since when any, and how many in the end. */
  gainsNotFinite: z.object({ timeMs, synapses: count }).optional(),
});

/** Excursions of the recorded state from its range: since when, and of which cells. */
export interface Excursions extends z.infer<typeof excursionsSchema> {}

/** Those of a run that keeps to the range. */
export const noExcursions: Excursions = { scaleFactorRange, outsideRange: [], notFinite: [] };

/**
 * Collects the first time at which each living cell's recorded state left its range: scale factors
 * that of {@link scaleFactorRange}, all numbers the finite ones. A cell that comes back counts from
 * the first time on.
 */
export class ExcursionLog {
  readonly #outsideMs = new Map<number, number>();
  readonly #notFiniteMs = new Map<number, number>();
  #gainsNotFinite: Excursions["gainsNotFinite"];

  /** @param earlier what was collected before */
  constructor(earlier: Excursions = noExcursions) {
    this.add(earlier);
  }

  /** Adds what was collected elsewhere, of times up to `untilMs`. */
  add({ outsideRange, notFinite, gainsNotFinite: gains }: Excursions, untilMs = Infinity): void {
    for (const { timeMs, cells } of outsideRange) {
      if (timeMs <= untilMs) for (const cell of cells) note(this.#outsideMs, cell, timeMs);
    }
    for (const { timeMs, cells } of notFinite) {
      if (timeMs <= untilMs) for (const cell of cells) note(this.#notFiniteMs, cell, timeMs);
    }
    if (gains && gains.timeMs <= untilMs) this.#addGains(gains.timeMs, gains.synapses);
  }

  addSample(timeMs: number, sample: CellSample): void {
    const { sensedRateKhz, targetRateKhz, scaleFactor, alive } = sample;
    for (let cell = 0; cell < alive.length; cell++) {
      if (!alive[cell]) continue;
      const rates = [sensedRateKhz[cell]!, targetRateKhz[cell]!];
      this.#addCell(timeMs, cell, scaleFactor[cell]!, rates);
    }
  }

  /** Adds gains, one per synapse. */
  addGains(timeMs: number, gains: Float64Array): void {
    let synapses = 0;
    for (const gain of gains) if (!Number.isFinite(gain)) synapses++;
    if (synapses > 0) this.#addGains(timeMs, synapses);
  }

  /** Adds the scale factors that cells were deleted with. */
  addEvent(event: RunEvent): void {
    if (event.kind !== "deletion") return;
    event.cells.forEach((cell, k) => {
      this.#addCell(event.timeMs, cell, event.scaleFactors[k]!);
    });
  }

  /** All that was collected, in order of time and cell. */
  get excursions(): Excursions {
    return {
      scaleFactorRange,
      outsideRange: byTime(this.#outsideMs),
      notFinite: byTime(this.#notFiniteMs),
      ...(this.#gainsNotFinite && { gainsNotFinite: this.#gainsNotFinite }),
    };
  }

  #addCell(timeMs: number, cell: number, factor: number, rates: readonly number[] = []): void {
    const { least, most } = scaleFactorRange;
    if (!(factor >= least && factor <= most)) note(this.#outsideMs, cell, timeMs);
    if (![factor, ...rates].every(Number.isFinite)) note(this.#notFiniteMs, cell, timeMs);
  }

  /** A gain that is not finite stays so: their number only grows. */
  #addGains(timeMs: number, synapses: number): void {
    const { timeMs: earlierMs = timeMs, synapses: fewer = 0 } = this.#gainsNotFinite ?? {};
    const firstMs = Math.min(timeMs, earlierMs);
    this.#gainsNotFinite = { timeMs: firstMs, synapses: Math.max(fewer, synapses) };
  }
}

function note(firstMs: Map<number, number>, cell: number, timeMs: number): void {
  const knownMs = firstMs.get(cell);
  if (knownMs === undefined || timeMs < knownMs) firstMs.set(cell, timeMs);
}

function byTime(firstMs: ReadonlyMap<number, number>): Excursions["outsideRange"] {
  const groups = new Map<number, number[]>();
  for (const [cell, timeMs] of [...firstMs].sort(([a, at], [b, bt]) => at - bt || a - b)) {
    const cells = groups.get(timeMs);
    if (cells) cells.push(cell);
    else groups.set(timeMs, [cell]);
  }
  return [...groups].map(([timeMs, cells]) => ({ timeMs, cells }));
}

/** Since when any cell was seen, and how many in the end; undefined for none. */
export interface ExcursionExtent {
  readonly timeMs: number;
  readonly cells: number;
}

/** Sums up one of the lists of {@link Excursions}. */
export function extentOf(list: Excursions["outsideRange"]): ExcursionExtent | undefined {
  const [first] = list;
  return (
    first && { timeMs: first.timeMs, cells: list.reduce((sum, { cells }) => sum + cells.length, 0) }
  );
}

/** Ranges of cells that sentences name; the manifest has all. */
const NAMED_RANGES = 6;

/**
 * Sentences on values outside their range, for users; none of a run that keeps to it.
 *
 * @param named how many ranges of cells are named
 */
export function excursionTexts(
  { outsideRange, notFinite, gainsNotFinite, scaleFactorRange: range }: Excursions,
  cellCount: number,
  named = NAMED_RANGES,
): string[] {
  const text = (what: string, list: Excursions["outsideRange"]) => {
    const extent = extentOf(list);
    if (!extent) return [];
    const cells = list.flatMap((one) => one.cells);
    return [
      `${what} from ${extent.timeMs / 1000} s on: ${extent.cells} of ${cellCount} cells (${rangesText(cells, named)}).`,
    ];
  };
  return [
    ...text(`Scale factors outside ${range.least} to ${range.most}`, outsideRange),
    ...text("Scale factors or rates not finite", notFinite),
    ...(gainsNotFinite
      ? [
          `Plastic gains not finite from ${gainsNotFinite.timeMs / 1000} s on: ${gainsNotFinite.synapses} synapses.`,
        ]
      : []),
  ];
}

/** Cells with those that follow each other drawn together, so many ranges of them: "1, 5–9, …". */
function rangesText(cells: readonly number[], most: number): string {
  const ranges = rangeTexts(cells, "–");
  const named = ranges.slice(0, most).join(", ");
  return ranges.length > most ? `${named}, …` : named;
}
