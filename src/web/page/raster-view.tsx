import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Theme } from "../../drawing/theme.ts";
import type { PopulationRange } from "../../index.ts";
import type { ShownRecord } from "../../live/session/chronicle.ts";
import type { ColumnDescription } from "../../live/worker/messages.ts";
import { type RasterColors, RasterPainter, rasterColors } from "../drawing/raster-painter.ts";
import { theme } from "./appearance.ts";
import { fitRows } from "./canvas-size.ts";
import { everyFrame } from "./frames.ts";
import type { LiveSession } from "./live-session.ts";
import { shownWindow } from "./time-window.ts";

const layerNames: Readonly<Record<number, string>> = { 2: "L2/3", 4: "L4", 5: "L5", 6: "L6" };

interface RasterProps {
  readonly session: LiveSession;
  /** Shown record. */
  readonly chronicle: () => ShownRecord | undefined;
  readonly isLeft?: boolean;
  readonly label: string;
}

/** Spikes of every cell against time, in the colours of their populations; a left future in grey. */
export function RasterView({ session, chronicle, isLeft = false, label }: RasterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const column = session.column.value;
  const colors = useComputed(() =>
    session.column.value ? colorsOf(session.column.value, theme.value, isLeft) : undefined,
  );
  const under = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const painters = [canvas, under].map((place) => new RasterPainter(place.current!));
    return everyFrame(() => {
      const { timeMs } = session.standing.value;
      const window = shownWindow(timeMs, session.knownMs.value);
      const past = isLeft ? undefined : session.past;
      // A last frame may come after it is gone.
      if (!canvas.current || !under.current) return;
      under.current.parentElement!.hidden = !past;
      for (const [k, shown] of [chronicle(), past].entries()) {
        if (!shown || !colors.value) continue;
        fitRows([canvas, under][k]!.current!, shown.kinds.cellCount, isLeft ? 0.13 : 0.32);
        painters[k]!.paint(shown, colors.value, window);
      }
    });
  }, []);
  return (
    <div class={isLeft ? "raster left" : "raster"}>
      <div class="layers" aria-hidden="true">
        {column &&
          bandsOf(column).map(({ label, part }) => (
            <span key={label} style={{ flexGrow: part }}>
              {label}
            </span>
          ))}
      </div>
      <div class="picture">
        <div class="under" aria-hidden="true">
          <canvas ref={under} />
        </div>
        <canvas ref={canvas} role="img" aria-label={label} />
        <Moment session={session} />
      </div>
    </div>
  );
}

/** Mark of the moment in what is shown, unless that ends with it. */
function Moment({ session }: Pick<RasterProps, "session">) {
  const { timeMs } = session.standing.value;
  const { endMs, lengthMs } = shownWindow(timeMs, session.knownMs.value);
  if (timeMs >= endMs) return null;
  return <span class="moment" style={{ left: `${100 * (1 - (endMs - timeMs) / lengthMs)}%` }} />;
}

/** Layers from the top, or columns where there are several, and which part of the cells is theirs. */
function bandsOf({ populations, cellCount }: ColumnDescription) {
  const labelOf = ({ layer, column }: PopulationRange) =>
    column === undefined ? layerNames[layer]! : `col ${column}`;
  const labels = [...new Set(populations.map(labelOf))].reverse();
  return labels.map((label) => {
    const own = populations.filter((one) => labelOf(one) === label);
    return { label, part: own.reduce((sum, one) => sum + one.cellCount, 0) / cellCount };
  });
}

function colorsOf(
  { populations, cellCount }: ColumnDescription,
  { populations: colors, quietInk }: Theme,
  isLeft: boolean,
): RasterColors {
  const colorOfCell = new Array<string>(cellCount);
  for (const { name, firstCell, cellCount: count } of populations) {
    colorOfCell.fill(isLeft ? quietInk : colors[name], firstCell, firstCell + count);
  }
  return rasterColors(colorOfCell);
}
