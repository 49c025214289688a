import type { Order, Report } from "./messages.ts";
import { Player } from "./player.ts";

/** The thread that plays the column: it obeys orders between turns, and so never keeps one waiting. */
const scope = globalThis as unknown as {
  postMessage(report: Report, transfer?: Transferable[]): void;
  onmessage: ((message: { readonly data: Order }) => void) | null;
};

const player = new Player({
  send: (report, transfer = []) => scope.postMessage(report, transfer),
  nowMs: () => performance.now(),
});

/** A message to oneself comes sooner than any timer. */
const { port1, port2 } = new MessageChannel();
let waits = false;

const turn = () => {
  const pauseMs = player.turn();
  waits = player.isBusy;
  if (!waits) return;
  if (pauseMs === 0) port2.postMessage(undefined);
  else setTimeout(turn, pauseMs);
};
port1.onmessage = turn;

scope.onmessage = ({ data }) => {
  player.obey(data);
  if (!waits && player.isBusy) turn();
};
