import { base } from "./base.ts";

/** The speed that the page opens with, simulated over real time. */
export const OPENING_SPEED = 10;

/** The speed at which a request opens: one for a moment waits there. */
export const openingSpeed = (link: string | undefined, speed = OPENING_SPEED): number =>
  link === undefined || link.includes("=") ? speed : 0;

/** A worker that plays a column. */
export const startColumn = (): Worker =>
  new Worker(new URL("column-worker.js", base), { type: "module" });

/** Request after the number sign of the address. */
export const linkOfAddress = (): string | undefined => location.hash.slice(1) || undefined;
