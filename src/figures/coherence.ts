import * as Plot from "@observablehq/plot";
import { type Figure, FigureDataError, type FigureOptions } from "../drawing/figure.ts";
import { noteOf } from "../drawing/figure-notes.ts";
import { type Layout, panel, panelTitle } from "../drawing/panel.ts";
import { stackPanels } from "../drawing/panel-stack.ts";
import { runLegend, runStyles } from "../drawing/run-styles.ts";
import { runTableName } from "../drawing/table.ts";
import { lightTheme, pageWidthPx } from "../drawing/theme.ts";
import type { Coherence } from "../spectra/coherence.ts";

/** Data of `coherenceFigure`: the result of `analysis.SegmentedCoherence` for one stretch of time or several. */
export interface CoherenceFigureData {
  readonly stretches: readonly (Coherence & { readonly label: string })[];
}

/** The axis reaches at least this coherence. */
const LEAST_TOP = 0.1;

/**
 * Figure of the coherence of E with I spikes as a function of frequency, a line per stretch; a dotted
 * line marks the level that independent spikes exceed at 5 % of the frequencies.
 *
 * @throws {FigureDataError} when a stretch is too short
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { coherenceFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const [E, I] = [true, false].map((isE) =>
 *   analysis.cellsOf(run.manifest.populations, ({ cellClass }) => (cellClass === "E") === isE),
 * );
 * const estimator = new analysis.SegmentedCoherence(E!, I!, { startMs: 0, endMs: 2000 });
 * for (const spikes of run.spikeBlocks()) estimator.add(spikes);
 * const stretches = [{ label: "baseline", ...estimator.result() }];
 * const figure = coherenceFigure({ stretches }, { document: figureDocument() });
 * console.log(figure.caption);
 * ```
 */
export function coherenceFigure(
  { stretches }: CoherenceFigureData,
  options: FigureOptions,
): Figure {
  if (stretches.some(({ segmentCount }) => segmentCount === 0)) {
    throw new FigureDataError("A coherence needs at least 0.16 s; choose a longer time range.");
  }
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const styles = runStyles(stretches, theme);
  const colorOf = (k: number) => styles[k]?.color ?? theme.ink;
  const values = stretches.flatMap(({ coherence }) => [...coherence].filter(Number.isFinite));
  const top = Math.min(1, 1.05 * values.reduce((most, value) => Math.max(most, value), LEAST_TOP));
  const main = panel(layout, {
    heightPx: 220,
    marginTopPx: 20,
    marginBottomPx: 40,
    x: { domain: [0, stretches[0]!.frequenciesHz.at(-1)!], label: "Frequency (Hz)" },
    y: { domain: [0, top], label: "Coherence" },
    marks: [
      ...stretches.map(({ frequenciesHz, coherence }, k) =>
        Plot.lineY(coherence, {
          x: frequenciesHz,
          stroke: colorOf(k),
          strokeWidth: 0.8,
          ...(styles[k]?.dash && { strokeDasharray: styles[k].dash }),
          clip: true,
        }),
      ),
      ...stretches.map(({ confidenceLevel }, k) =>
        Plot.ruleY([confidenceLevel], {
          stroke: colorOf(k),
          strokeWidth: 0.6,
          strokeDasharray: "1 3",
          clip: true,
        }),
      ),
      panelTitle("Excitatory with inhibitory cells", theme.ink),
    ],
    notes: stretches
      .filter(({ coherence }) => coherence.every(Number.isNaN))
      .map(({ label }) =>
        noteOf(
          stretches.length > 1 ? label : undefined,
          "no coherence, as the spike counts of the excitatory or of the inhibitory cells are constant",
        ),
      ),
  });
  const segments = stretches.map(({ label, segmentCount, segmentS }) => {
    const count = `${segmentCount} ${segmentCount === 1 ? "segment" : "segments"} of ${segmentS} s`;
    return stretches.length === 1 ? count : `${label} ${count}`;
  });
  const caption =
    "Magnitude-squared multitaper coherence of the spike counts of all excitatory with those of all " +
    `inhibitory cells (${segments.join(", ")}); dotted, horizontal: exceeded by independent spikes at 5 % of the frequencies.`;
  return {
    ...stackPanels(layout, [...runLegend(layout, stretches), main], caption, options),
    tables: stretches.map((stretch, k) => ({
      name: runTableName("coherence", stretches, k),
      columns: [
        { name: "frequency_hz", values: stretch.frequenciesHz },
        { name: "coherence", values: stretch.coherence },
        { name: "phase_rad", values: stretch.phaseRad },
        {
          name: "confidence_level",
          values: stretch.coherence.map(() => stretch.confidenceLevel),
        },
      ],
    })),
  };
}
