import type { Order, Report } from "../../live/worker/messages.ts";
import { base } from "./base.ts";
import type { EarlyWorker } from "./live-session.ts";

/** A worker that plays a column. */
export const startColumn = (): Worker =>
  new Worker(new URL("column-worker.js", base), { type: "module" });

/** Request after the number sign of the address. */
export const linkOfAddress = (): string | undefined => location.hash.slice(1) || undefined;

/** The page's column, which opens while the page itself is still being read. */
export const earlyWorker: EarlyWorker = startEarly();

function startEarly(): EarlyWorker {
  const [worker, link, said] = [startColumn(), linkOfAddress(), [] as Report[]];
  worker.onmessage = ({ data }: MessageEvent<Report>) => said.push(data);
  const order: Order = { kind: "open", link };
  worker.postMessage(order);
  return { worker, link, said };
}
