import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ColumnDescription } from "../../live/worker/messages.ts";
import { ColumnPainter } from "../drawing/column-painter.ts";
import { isCalm, theme } from "./appearance.ts";
import { fitCanvas } from "./canvas-size.ts";
import type { LiveSession } from "./live-session.ts";

const nobody = { inputs: [], outputs: [] };

/** A brush chooses the cells so near to it, CSS px. */
const BRUSH_PX = 18;

/** Least height of a row of columns, in that of the text. */
const ROW_REM = 13;

const placesText = ({ grid: { columnsX, columnsY } }: ColumnDescription): string =>
  columnsX * columnsY === 1 ? "four layers" : `${columnsX} × ${columnsY} columns of four layers`;

/**
 * All cells of the column, flashing as they fire. A click asks one for its state; a brush chooses
 * those that are to be stimulated or deleted.
 */
export function ColumnView({ session }: { readonly session: LiveSession }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<ColumnPainter>(undefined);
  const isPainting = useSignal(false);
  useSignalEffect(() => {
    const column = session.column.value;
    if (column) painter.current = new ColumnPainter(canvas.current!, column);
  });
  useSignalEffect(() => {
    const sample = session.sample.value;
    if (sample) painter.current?.setAlive(sample.alive);
  });
  useEffect(
    () =>
      session.listen(({ cells }) => painter.current?.fire(cells, session.standing.peek().speed)),
    [],
  );
  useEffect(() => {
    let request = 0;
    const draw = (nowMs: number) => {
      request = requestAnimationFrame(draw);
      // A last frame may come after it is gone.
      if (!canvas.current) return;
      fitCanvas(canvas.current);
      const cell = session.watched.peek();
      const own = session.sample.peek()?.watched;
      const connected = own && own.cell === cell ? own : nobody;
      const marked = { cell, ...connected, chosen: session.chosen.peek() };
      painter.current?.draw(nowMs, theme.peek(), marked, isCalm.peek());
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, []);
  const placeOf = (event: MouseEvent) => {
    const { left, top, width } = canvas.current!.getBoundingClientRect();
    const scale = canvas.current!.width / width;
    return { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale, scale };
  };
  const paint = (event: PointerEvent) => {
    if (!isPainting.value || event.buttons === 0) return;
    const place = placeOf(event);
    session.choose(painter.current?.cellsNear(place, BRUSH_PX * place.scale) ?? []);
  };
  const column = session.column.value;
  const rows = column?.grid.columnsY ?? 1;
  const count = session.chosen.value.length;
  return (
    <>
      <canvas
        ref={canvas}
        class={isPainting.value ? "column painted" : "column"}
        style={{ minHeight: rows > 1 ? `${ROW_REM * rows}rem` : undefined }}
        role="img"
        aria-label={
          column
            ? `${column.cellCount} cells in ${placesText(column)}, flashing as they fire`
            : "The column is being built"
        }
        onClick={(event) => {
          if (!isPainting.value) session.watch(painter.current?.cellAt(placeOf(event)));
        }}
        onPointerDown={paint}
        onPointerMove={paint}
      />
      <div class="buttons">
        <button
          type="button"
          aria-pressed={isPainting.value}
          onClick={() => {
            isPainting.value = !isPainting.value;
          }}
        >
          Choose cells with a brush
        </button>
        {count > 0 && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              session.chosen.value = [];
            }}
          >
            Forget {count} chosen
          </button>
        )}
      </div>
    </>
  );
}
