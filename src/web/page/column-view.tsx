import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ColumnPainter } from "../drawing/column-painter.ts";
import { isCalm, theme } from "./appearance.ts";
import { fitCanvas } from "./canvas-size.ts";
import type { LiveSession } from "./live-session.ts";

const nobody = { inputs: [], outputs: [] };

/** All cells of the column, flashing as they fire; a click asks one for its state. */
export function ColumnView({ session }: { readonly session: LiveSession }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<ColumnPainter>(undefined);
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
      fitCanvas(canvas.current!);
      const cell = session.watched.peek();
      const own = session.sample.peek()?.watched;
      const marked = { cell, ...(own && own.cell === cell ? own : nobody), chosen: [] };
      painter.current?.draw(nowMs, theme.peek(), marked, isCalm.peek());
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, []);
  const choose = (event: MouseEvent) => {
    const { left, top, width } = canvas.current!.getBoundingClientRect();
    const scale = canvas.current!.width / width;
    const place = { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale };
    session.watch(painter.current?.cellAt(place));
  };
  const column = session.column.value;
  return (
    <canvas
      ref={canvas}
      class="column"
      role="img"
      aria-label={
        column
          ? `${column.cellCount} cells in four layers, flashing as they fire`
          : "The column is being built"
      }
      onClick={choose}
    />
  );
}
