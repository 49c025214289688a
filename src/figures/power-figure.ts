import * as Plot from "@observablehq/plot";
import { type Figure, FigureDataError, type FigureOptions } from "./figure.ts";
import { type Layout, panel } from "./panel.ts";
import { stackPanels } from "./panel-stack.ts";
import type { Table } from "./table.ts";
import { lightTheme, pageWidthPx } from "./theme.ts";
import { durationText } from "./time-axis.ts";

/** Spectra of the excitatory and the inhibitory spikes of one segment of a run. */
export interface SegmentSpectra {
  readonly startMs: number;
  readonly endMs: number;
  /** Normalised power (its sum over all frequencies is 1 Hz · 1/Hz), at `frequenciesHz`. */
  readonly excitatory: Float64Array;
  readonly inhibitory: Float64Array;
}

export interface PowerFigureData {
  readonly frequenciesHz: Float64Array;
  /** In order of time, at least one. */
  readonly segments: readonly SegmentSpectra[];
}

/** Upper end of the power axis, unless a spectrum rises above it. */
const usualTop = 0.08;

/** Below this, power is a drift of the rate: it may leave the axis. */
const slowestHz = 1;

const groups = [
  { kind: "excitatory", title: "Excitatory cells" },
  { kind: "inhibitory", title: "Inhibitory cells" },
] as const;

/**
 * Power spectra of the excitatory and the inhibitory spikes, a line a segment of the run, from
 * pale (the first) to full colour (the last).
 *
 * @throws {@link FigureDataError} when there is no segment
 */
export function powerFigure(data: PowerFigureData, options: FigureOptions): Figure {
  const { frequenciesHz, segments } = data;
  const [first] = segments;
  if (!first) throw new FigureDataError("There is no segment with spikes to draw the spectrum of.");
  const { document, theme = lightTheme, widthPx = pageWidthPx } = options;
  const layout: Layout = { document, theme, widthPx, marginLeftPx: 52, marginRightPx: 14 };
  const top = Math.max(usualTop, ...segments.map((one) => highestPower(frequenciesHz, one)));
  const panels = groups.map(({ kind, title }, place) => {
    const isLast = place === groups.length - 1;
    return panel(layout, {
      heightPx: isLast ? 180 : 146,
      marginTopPx: 20,
      marginBottomPx: isLast ? 40 : 6,
      x: {
        domain: [0, Math.ceil(frequenciesHz.at(-1)!)],
        numbered: isLast,
        ...(isLast ? { label: "Frequency (Hz)" } : {}),
      },
      y: { domain: [0, top * 1.02], label: "Power (1/Hz)" },
      marks: [
        ...segments.map((one, k) =>
          Plot.lineY(frequenciesHz, {
            x: frequenciesHz,
            y: one[kind],
            stroke: theme[kind],
            strokeOpacity: (k + 1) / segments.length,
            strokeWidth: 1,
            clip: true,
          }),
        ),
        Plot.text([title], {
          frameAnchor: "top-left",
          lineAnchor: "bottom",
          dy: -5,
          fill: theme[kind],
          fontWeight: "bold",
        }),
      ],
    });
  });
  const caption =
    `Multitaper power spectra of the spike counts of all excitatory and all inhibitory cells, ` +
    `mean removed, each divided by its total power. ${segmentSentence(segments, first)}`;
  return { ...stackPanels(layout, panels, caption, options.title), tables: [tableOf(data)] };
}

function segmentSentence(segments: readonly SegmentSpectra[], first: SegmentSpectra): string {
  const length = durationText(first.endMs - first.startMs);
  return segments.length === 1
    ? `From one stretch of ${length}.`
    : `One line per ${length}, from pale (the first) to full colour (the last).`;
}

/** The highest power of either group at frequencies that are not a drift of the rate. */
function highestPower(frequenciesHz: Float64Array, one: SegmentSpectra): number {
  const powers = groups.map(({ kind }) =>
    one[kind].filter((_, band) => frequenciesHz[band]! >= slowestHz),
  );
  return Math.max(
    ...powers.map((power) => power.reduce((most, value) => Math.max(most, value), 0)),
  );
}

function tableOf({ frequenciesHz, segments }: PowerFigureData): Table {
  return {
    name: "spectra",
    columns: [
      { name: "frequency_hz", values: frequenciesHz },
      ...segments.flatMap(({ startMs, excitatory, inhibitory }) => [
        { name: `excitatory_from_${startMs}_ms_per_hz`, values: excitatory },
        { name: `inhibitory_from_${startMs}_ms_per_hz`, values: inhibitory },
      ]),
    ],
  };
}
