import { type CurvePoint, columnCountOf, type ShownRecord } from "../../live/session/chronicle.ts";
import { type Curve, CurveView, type Grid } from "./curve-view.tsx";
import type { LiveSession } from "./live-session.ts";

/** A rate is counted over at least so many pixels, so that its curve can be read. */
const BIN_PX = 4;

/** Places of bins of spikes. */
function rateGrid(chronicle: ShownRecord, startMs: number, endMs: number, widthPx: number): Grid {
  const leastMs = Math.max(20, ((endMs - startMs) / widthPx) * BIN_PX);
  const { binMs } = chronicle.level(Math.min(leastMs, 2000), startMs);
  const merged = Math.max(1, Math.round(leastMs / binMs));
  const stepMs = binMs * merged;
  const firstPlace = Math.max(0, Math.floor(startMs / stepMs) - 1);
  return { firstPlace, count: Math.ceil(endMs / stepMs) - firstPlace + 1, stepMs };
}

/** Living cells of a class, or of one in a column, at so many seconds. */
function livingAt(
  chronicle: ShownRecord,
  isInhibitory: 0 | 1,
  column: number | undefined,
  second: number,
): number {
  const { isExcitatory, columnCount } = chronicle.kinds;
  const point = chronicle.point(second);
  const living =
    column === undefined
      ? isInhibitory
        ? point?.livingI
        : point?.livingE
      : chronicle.livingIn(column, isInhibitory, second);
  if (living !== undefined) return living;
  const all = isExcitatory.reduce((sum, one) => sum + Number(one === 1 - isInhibitory), 0);
  return column === undefined ? all : all / columnCount;
}

/** Mean rate per living cell of all columns or of one, Hz. */
const rates =
  (isInhibitory: 0 | 1, column?: number) =>
  (chronicle: ShownRecord, { firstPlace, count, stepMs }: Grid) => {
    const level = chronicle.levels.findLast(
      ({ binMs }) => binMs <= stepMs && Number.isInteger(stepMs / binMs),
    );
    if (!level) return Array.from({ length: count }, () => null);
    const merged = stepMs / level.binMs;
    return Array.from({ length: count }, (_, k) => {
      const place = firstPlace + k;
      let spikes = 0;
      for (let bin = place * merged; bin < (place + 1) * merged; bin++) {
        if (!level.has(bin)) return null;
        spikes += level.sumOf(bin, isInhibitory, column);
      }
      // The bin that time is in has not ended yet.
      if ((place + 1) * stepMs > chronicle.untilMs) return null;
      const second = Math.floor((place * stepMs) / 1000);
      const living = livingAt(chronicle, isInhibitory, column, second);
      return (1000 * spikes) / stepMs / Math.max(1, living);
    });
  };

/** Places of samples, one a second, of which so many are passed over. */
function sampleGrid(_: ShownRecord, startMs: number, endMs: number, widthPx: number): Grid {
  const stride = Math.max(1, Math.floor((endMs - startMs) / 1000 / widthPx));
  const stepMs = 1000 * stride;
  const firstPlace = Math.max(0, Math.floor(startMs / stepMs));
  return { firstPlace, count: Math.ceil(endMs / stepMs) - firstPlace + 1, stepMs };
}

const samples =
  (value: (point: CurvePoint) => number) =>
  (chronicle: ShownRecord, { firstPlace, count, stepMs }: Grid) =>
    Array.from({ length: count }, (_, k) => {
      const timeMs = (firstPlace + k) * stepMs;
      const point = timeMs <= chronicle.untilMs ? chronicle.point(timeMs / 1000) : undefined;
      const found = point ? value(point) : Number.NaN;
      return Number.isFinite(found) ? found : null;
    });

const firing: readonly Curve[] = [
  { label: "excitatory", color: ({ excitatory }) => excitatory, values: rates(0) },
  { label: "inhibitory", color: ({ inhibitory }) => inhibitory, values: rates(1) },
];

const scale: readonly Curve[] = [
  {
    label: "",
    color: ({ excitatory }) => excitatory,
    width: 0,
    values: samples(({ scaleMean, scaleSd }) => Math.max(0, scaleMean - scaleSd)),
  },
  {
    label: "",
    color: ({ excitatory }) => excitatory,
    width: 0,
    values: samples(({ scaleMean, scaleSd }) => scaleMean + scaleSd),
    bandWith: 0,
  },
  {
    label: "mean ± SD",
    color: ({ excitatory }) => excitatory,
    values: samples(({ scaleMean }) => scaleMean),
  },
];

const sensed: readonly Curve[] = [
  {
    label: "sensed",
    color: ({ excitatory }) => excitatory,
    values: samples(({ sensedPerS }) => sensedPerS),
  },
  {
    label: "target",
    color: ({ ink }) => ink,
    dash: [4, 3],
    values: samples(({ targetPerS }) => targetPerS),
  },
];

const gain: readonly Curve[] = [
  {
    label: "mean, E to E",
    color: ({ series }) => series[2]!,
    values: samples(({ gainMean }) => gainMean),
  },
];

const living: readonly Curve[] = [
  {
    label: "excitatory",
    color: ({ excitatory }) => excitatory,
    values: samples(({ livingE }) => livingE),
  },
  {
    label: "inhibitory",
    color: ({ inhibitory }) => inhibitory,
    values: samples(({ livingI }) => livingI),
  },
];

/** Rates of one class of cells, a curve for each column. */
const byColumn = (isInhibitory: 0 | 1, columnCount: number): Curve[] =>
  Array.from({ length: columnCount }, (_, column) => ({
    label: `${column}`,
    color: ({ series }) => series[column % series.length]!,
    width: 1,
    values: rates(isInhibitory, column),
  }));

/** Firing rates by column, of excitatory and of inhibitory cells. */
function ColumnCurves({ session }: { readonly session: LiveSession }) {
  const column = session.column.value;
  const count = column ? columnCountOf(column) : 1;
  if (count === 1) return null;
  return (
    <>
      {(["Excitatory", "Inhibitory"] as const).map((name, k) => (
        <CurveView
          key={`${name} ${count}`}
          session={session}
          gridOf={rateGrid}
          title={`${name} cells by column`}
          unit="Hz"
          curves={byColumn(k as 0 | 1, count)}
          range={[0, 6]}
          isWide
        />
      ))}
    </>
  );
}

/** All curves, one above the other, over one axis of time. */
export function Curves({ session }: { readonly session: LiveSession }) {
  const { cellCount = 0, sensesCharge = false } = session.column.value ?? {};
  const sample = session.sample.value;
  const hasDead = sample !== undefined && sample.livingE + sample.livingI < cellCount;
  const shared = { session, gridOf: sampleGrid };
  return (
    <div class="curves">
      <CurveView
        session={session}
        gridOf={rateGrid}
        title="Firing rate"
        unit="Hz"
        curves={firing}
        range={[0, 6]}
        isWide
      />
      <ColumnCurves session={session} />
      <CurveView
        {...shared}
        {...(sensesCharge
          ? { title: "Sensed charge", unit: "mV/s", range: [0, 20] }
          : { title: "Sensed rate", unit: "Hz", range: [0, 3] })}
        curves={sensed}
        isWide
      />
      {hasDead && (
        <CurveView
          {...shared}
          title="Living cells"
          unit=""
          curves={living}
          range={[0, 0.7 * cellCount]}
        />
      )}
      <CurveView {...shared} title="Plastic gain" unit="" curves={gain} range={[0.9, 1.5]} />
      <CurveView
        {...shared}
        title="Scale factor"
        unit=""
        curves={scale}
        range={[0.5, 1.5]}
        hasTimeAxis
      />
    </div>
  );
}
