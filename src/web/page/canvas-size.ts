/** Gives a canvas as many pixels as its place on the screen has. */
export function fitCanvas(canvas: HTMLCanvasElement): void {
  const scale = globalThis.devicePixelRatio || 1;
  setSize(canvas, canvas.clientWidth * scale, canvas.clientHeight * scale);
}

/**
 * Gives a canvas of rows, one a cell, a height near the given part of the screen's in which all
 * rows have the same number of pixels, or all pixels the same number of rows.
 */
export function fitRows(canvas: HTMLCanvasElement, cellCount: number, screenPart: number): void {
  const scale = globalThis.devicePixelRatio || 1;
  const wanted = Math.max(120, screenPart * innerHeight) * scale;
  const isTall = wanted > cellCount;
  const [few, many] = isTall
    ? [Math.floor(wanted / cellCount), Math.ceil(wanted / cellCount)].map((k) => k * cellCount)
    : [Math.ceil(cellCount / wanted), Math.floor(cellCount / wanted)].map((k) =>
        Math.ceil(cellCount / k),
      );
  const rows = wanted / few! < many! / wanted ? few! : many!;
  const height = `${rows / scale}px`;
  if (canvas.style.height !== height) canvas.style.height = height;
  setSize(canvas, canvas.clientWidth * scale, rows);
}

function setSize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== Math.round(width)) canvas.width = Math.round(width);
  if (canvas.height !== Math.round(height)) canvas.height = Math.round(height);
}
