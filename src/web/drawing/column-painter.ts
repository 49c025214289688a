import type { Theme } from "../../drawing/theme.ts";
import { columnCountOf } from "../../live/session/chronicle.ts";
import type { ColumnDescription } from "../../live/worker/messages.ts";

/** Layers from the surface down, and where their planes lie, as parts of the height. */
const layerDepths: readonly (readonly [layer: 2 | 4 | 5 | 6, name: string])[] = [
  [2, "L2/3"],
  [4, "L4"],
  [5, "L5"],
  [6, "L6"],
];

/** Foreshortening of a plane, and sideways shift of its far edge. */
const TILT = 0.42;
const LEAN = 0.3;

/** A flash fades to 1/e in this time, ms of real time. */
const FADE_MS = 180;

/** Room between columns of a grid and, above each, for its number; px. */
const [GAP_PX, HEAD_PX] = [8, 14];

/** A place on the canvas, px. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/** Part of the canvas, px. */
interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws all cells of one column, or of several side by side as in their grid: their positions in x
 * and y are the model's, and each layer is a plane of its own in depth. Cells flash as they fire;
 * dead ones are grey rings.
 */
export class ColumnPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #column: ColumnDescription;
  readonly #side: number;
  readonly #columnCount: number;
  readonly #layerOfCell: Uint8Array;
  readonly #colorOfCell: Uint8Array;
  /** Brightness of each cell, from 0 to 1. */
  readonly #glow: Float32Array;
  #alive: Uint8Array;
  #drawnMs = 0;
  /** Places of all cells on a canvas of some size, px. */
  #placed = { width: 0, height: 0, x: new Float32Array(0), y: new Float32Array(0) };

  constructor(canvas: HTMLCanvasElement, column: ColumnDescription) {
    this.#context = canvas.getContext("2d")!;
    this.#column = column;
    this.#side = [...column.xUm, ...column.yUm].reduce((most, um) => Math.max(most, um), 1);
    this.#columnCount = columnCountOf(column);
    this.#layerOfCell = new Uint8Array(column.cellCount);
    this.#colorOfCell = new Uint8Array(column.cellCount);
    column.populations.forEach(({ firstCell, cellCount, layer }, index) => {
      const place = layerDepths.findIndex(([one]) => one === layer);
      this.#layerOfCell.fill(place, firstCell, firstCell + cellCount);
      this.#colorOfCell.fill(index, firstCell, firstCell + cellCount);
    });
    this.#glow = new Float32Array(column.cellCount);
    this.#alive = new Uint8Array(column.cellCount).fill(1);
  }

  setAlive(alive: Uint8Array): void {
    this.#alive = alive;
  }

  /** Lets cells flash that have fired, at so many times real time. */
  fire(cells: Uint32Array, speed: number): void {
    // The faster time goes, the more spikes there are in a flash.
    const step = 0.8 / (1 + Math.max(0, speed - 1) / 3);
    for (const cell of cells) this.#glow[cell] = Math.min(1, this.#glow[cell]! + step);
  }

  /** Draws, and lets flashes fade; `still` where nothing may flicker. */
  draw(nowMs: number, theme: Theme, marked: Marked, still: boolean): void {
    const { width, height } = this.#context.canvas;
    const fade = Math.exp(-(nowMs - this.#drawnMs) / (still ? 8 * FADE_MS : FADE_MS));
    this.#drawnMs = nowMs;
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    const scale = globalThis.devicePixelRatio || 1;
    for (let column = 0; column < this.#columnCount; column++) {
      this.#drawPlanes(column, theme, scale);
    }
    const radius = Math.max(1.4, Math.min(7, this.#frame(0).width / scale / 110)) * scale;
    for (let cell = 0; cell < this.#column.cellCount; cell++) {
      this.#drawCell(cell, radius, theme);
      this.#glow[cell]! *= fade;
    }
    this.#mark(marked, radius, theme);
  }

  /** The cell at a place of the canvas, px; undefined where none is near. */
  cellAt({ x, y }: Place): number | undefined {
    let [nearest, leastSquared] = [-1, (14 * (globalThis.devicePixelRatio || 1)) ** 2];
    for (let cell = 0; cell < this.#column.cellCount; cell++) {
      const place = this.#place(cell);
      const squared = (place.x - x) ** 2 + (place.y - y) ** 2;
      if (squared < leastSquared) [nearest, leastSquared] = [cell, squared];
    }
    return nearest < 0 ? undefined : nearest;
  }

  /** Cells within a distance of a place, px. */
  cellsNear({ x, y }: Place, distance: number): number[] {
    return Array.from({ length: this.#column.cellCount }, (_, cell) => cell).filter((cell) => {
      const place = this.#place(cell);
      return (place.x - x) ** 2 + (place.y - y) ** 2 <= distance ** 2;
    });
  }

  #drawCell(cell: number, radius: number, theme: Theme): void {
    const { x, y } = this.#place(cell);
    const context = this.#context;
    context.beginPath();
    if (!this.#alive[cell]) {
      context.globalAlpha = 0.55;
      context.strokeStyle = theme.quietInk;
      context.lineWidth = radius / 3;
      context.arc(x, y, radius * 0.7, 0, 2 * Math.PI);
      context.stroke();
    } else {
      const glow = this.#glow[cell]!;
      const { name } = this.#column.populations[this.#colorOfCell[cell]!]!;
      context.fillStyle = theme.populations[name];
      context.globalAlpha = 0.22 + 0.78 * glow;
      context.arc(x, y, radius * (0.8 + 0.7 * glow), 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  #drawPlanes(column: number, theme: Theme, scale: number): void {
    const context = this.#context;
    const { fontSize, fontFamily } = getComputedStyle(context.canvas);
    context.font = `${scale * Number.parseFloat(fontSize)}px ${fontFamily}`;
    context.textBaseline = "middle";
    context.fillStyle = theme.quietInk;
    if (this.#columnCount > 1) {
      const { left, top } = this.#frame(column);
      context.fillText(`col ${column}`, left, top - (HEAD_PX * scale) / 2);
    }
    layerDepths.forEach(([, name], layer) => {
      const corners = [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ].map(([x, y]) => this.#project(x!, y!, column, layer));
      context.beginPath();
      for (const { x, y } of corners) context.lineTo(x, y);
      context.closePath();
      context.fillStyle = theme.shade;
      context.fill();
      context.strokeStyle = theme.hairline;
      context.lineWidth = scale / 2;
      context.stroke();
      context.fillStyle = theme.quietInk;
      const isFirst = column % this.#column.grid.columnsX === 0;
      if (isFirst) context.fillText(name, 2 * scale, (corners[0]!.y + corners[3]!.y) / 2);
    });
  }

  #mark({ cell, inputs, outputs, chosen }: Marked, radius: number, theme: Theme): void {
    const context = this.#context;
    const ring = (one: number, color: string, width: number) => {
      const { x, y } = this.#place(one);
      context.beginPath();
      context.strokeStyle = color;
      context.lineWidth = width;
      context.arc(x, y, 2.1 * radius, 0, 2 * Math.PI);
      context.stroke();
    };
    for (const one of inputs) ring(one, theme.series[2]!, radius / 3);
    for (const one of outputs) ring(one, theme.series[1]!, radius / 3);
    for (const one of chosen) ring(one, theme.ink, radius / 2);
    if (cell !== undefined) ring(cell, theme.ink, radius * 0.8);
  }

  #place(cell: number): Place {
    const { width, height } = this.#context.canvas;
    if (this.#placed.width !== width || this.#placed.height !== height) {
      const places = Array.from(this.#glow, (_, one) => this.#findPlace(one));
      const x = Float32Array.from(places, (place) => place.x);
      const y = Float32Array.from(places, (place) => place.y);
      this.#placed = { width, height, x, y };
    }
    return { x: this.#placed.x[cell]!, y: this.#placed.y[cell]! };
  }

  #findPlace(cell: number): Place {
    const { xUm, yUm, zUm, cellCount } = this.#column;
    const column = Math.floor((cell * this.#columnCount) / cellCount);
    const { x, y } = this.#project(
      xUm[cell]! / this.#side,
      yUm[cell]! / this.#side,
      column,
      this.#layerOfCell[cell]!,
    );
    // The model's own depth, some micrometres, as a little of a layer's.
    const reach = (this.#frame(column).height / layerDepths.length) * 0.01;
    return { x, y: y - reach * Math.max(-8, Math.min(8, zUm[cell]!)) };
  }

  /** Part of the canvas for a column: right of the names of layers. */
  #frame(column: number): Frame {
    const { columnsX, columnsY } = this.#column.grid;
    const scale = globalThis.devicePixelRatio || 1;
    const { width, height } = this.#context.canvas;
    const names = 34 * scale;
    const gap = GAP_PX * scale;
    const head = this.#columnCount > 1 ? HEAD_PX * scale : 0;
    const slot = (width - names - 4 * scale + gap) / columnsX;
    return {
      left: names + slot * (column % columnsX),
      top: head + (height / columnsY) * Math.floor(column / columnsX),
      width: slot - gap,
      height: height / columnsY - head,
    };
  }

  /** A place of a layer's plane on the canvas; x and y from 0 to 1. */
  #project(x: number, y: number, column: number, layer: number): Place {
    const { left, width, height, top: begin } = this.#frame(column);
    const slot = height / layerDepths.length;
    const planeHeight = Math.min(slot * 0.86, width * TILT * 1.4);
    const planeWidth = width / (1 + LEAN);
    const top = begin + slot * layer + (slot - planeHeight) / 2;
    return {
      x: left + planeWidth * x + LEAN * planeWidth * (1 - y),
      y: top + planeHeight * y,
    };
  }
}

/** Cells that are pointed out. */
export interface Marked {
  readonly cell: number | undefined;
  readonly inputs: ArrayLike<number> & Iterable<number>;
  readonly outputs: ArrayLike<number> & Iterable<number>;
  readonly chosen: readonly number[];
}
