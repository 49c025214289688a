/** Calls back before each repaint of the page, but no more often than so many times a second. */
export function everyFrame(draw: () => void, perSecond = 30): () => void {
  let request = 0;
  let lastMs = -Infinity;
  const frame = (nowMs: number) => {
    request = requestAnimationFrame(frame);
    if (nowMs - lastMs < 1000 / perSecond - 4) return;
    lastMs = nowMs;
    draw();
  };
  request = requestAnimationFrame(frame);
  return () => cancelAnimationFrame(request);
}

/** Calls back once the next frame has been painted. */
export function afterNextFrame(then: () => void): void {
  requestAnimationFrame(() => setTimeout(then));
}
