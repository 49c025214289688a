import * as Plot from "@observablehq/plot";
import { type Band, bandMarks, bandNotes } from "./band.ts";
import { fontSizesPx, type Theme } from "./theme.ts";

/** Layout shared by the panels of a figure. */
export interface Layout {
  readonly document: Document;
  readonly theme: Theme;
  readonly widthPx: number;
  readonly marginLeftPx: number;
  readonly marginRightPx: number;
}

export interface PanelAxis {
  readonly domain: readonly [number, number];
  readonly label?: string;
  /** Linear when absent. */
  readonly type?: "log";
  /** Positions of the ticks; chosen by the length of the axis when absent. */
  readonly ticks?: readonly number[];
  /** True if the ticks have numbers. */
  readonly numbered?: boolean;
}

export interface PanelContent {
  readonly heightPx: number;
  readonly marginTopPx: number;
  readonly marginBottomPx: number;
  readonly x: PanelAxis;
  readonly y: PanelAxis;
  /** Under the marks. */
  readonly bands?: readonly Band[];
  readonly marks: Plot.Markish[];
  /** Sentences on data outside the panel. */
  readonly notes?: readonly string[];
}

/** One pair of axes with its marks. */
export interface Panel {
  readonly svg: Element;
  readonly heightPx: number;
  readonly notes?: readonly string[];
}

/** From here on, numbers of an axis have exponents. */
const LEAST_EXPONENTIAL = 1e6;

function tickText(value: number): string {
  const rounded = Number(value.toPrecision(12));
  return Math.abs(rounded) < LEAST_EXPONENTIAL
    ? String(rounded)
    : rounded.toExponential().replace("e+", "e");
}

/** Ticks and the line of an axis; its label is drawn apart, in its own size. */
export const axisStyle = {
  label: null,
  tickSize: 4,
  tickPadding: 3,
  fontSize: fontSizesPx.tick,
} as const;

const axisOptions = ({ ticks, numbered = true }: PanelAxis) => ({
  ...axisStyle,
  tickFormat: tickText,
  ...(numbered ? {} : { fill: "none" }),
  ...(ticks === undefined ? {} : { ticks: [...ticks] }),
});

export const labelStyle = { fontSize: fontSizesPx.label, textAnchor: "middle" } as const;

/** Draws marks between a left and a bottom axis. */
export function panel(layout: Layout, content: PanelContent): Panel {
  const { x, y, marks } = content;
  return barePanel(layout, {
    ...content,
    marks: [
      ...marks,
      Plot.frame({ anchor: "left" }),
      Plot.frame({ anchor: "bottom" }),
      Plot.axisX({ ...axisOptions(x), tickSpacing: 70 }),
      Plot.axisY({ ...axisOptions(y), tickSpacing: 28 }),
      Plot.text([x.label ?? ""], { ...labelStyle, frameAnchor: "bottom", dy: 30 }),
      Plot.text([y.label ?? ""], {
        ...labelStyle,
        frameAnchor: "left",
        rotate: -90,
        dx: hasExponents(y) ? -45 : -36,
      }),
    ],
  });
}

/** True if numbers of an axis may have exponents, which are wide. */
const hasExponents = ({ domain: [least, most], type }: PanelAxis): boolean =>
  Math.max(-least, most) >= LEAST_EXPONENTIAL || (type === "log" && least < 1e-6);

/** Title of a panel, in bold above its upper left corner. */
export const panelTitle = (title: string, color: string): Plot.Markish =>
  Plot.text([title], {
    frameAnchor: "top-left",
    lineAnchor: "bottom",
    dy: -5,
    fill: color,
    fontWeight: "bold",
  });

/** The least span of an axis, beside its greater end and at all: closer ticks coincide in doubles. */
const LEAST_SPAN = { ratio: 1e-12, value: 1e-300 };

/** The domain itself or, if it is too narrow for ticks, a wider one about it. */
function resolvableDomain({ domain, type }: PanelAxis): readonly [number, number] {
  const [from, to] = domain;
  const least = LEAST_SPAN.value + LEAST_SPAN.ratio * Math.max(Math.abs(from), Math.abs(to));
  if (type === "log" || Math.abs(to - from) >= least) return domain;
  const room = from <= to ? least : -least;
  return [from - room, to + room];
}

/** Draws bands and marks without axes; notes say what the bands show. */
export function barePanel(layout: Layout, content: PanelContent): Panel {
  const { bands = [], notes = [] } = content;
  const svg = Plot.plot({
    document: layout.document,
    width: layout.widthPx,
    height: content.heightPx,
    marginTop: content.marginTopPx,
    marginBottom: content.marginBottomPx,
    marginLeft: layout.marginLeftPx,
    marginRight: layout.marginRightPx,
    x: { domain: resolvableDomain(content.x), axis: null },
    y: {
      domain: resolvableDomain(content.y),
      axis: null,
      ...(content.y.type && { type: content.y.type }),
    },
    marks: [...bands.map((band) => bandMarks(band, content.y.domain)), ...content.marks],
  });
  return { svg, heightPx: content.heightPx, notes: [...bandNotes(bands), ...notes] };
}
