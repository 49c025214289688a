/** Work in a worker, by orders and in turns. */
export interface TurnTaker<Order> {
  /** True if there is anything to do in a turn. */
  readonly isBusy: boolean;
  obey(order: Order): void;
  /** Goes on for a short while; returns how long to wait until it is called again, ms. */
  turn(): number;
}

/** Environment of what is done. */
export interface TurnSurroundings<Report> {
  readonly send: (report: Report, transfer?: ArrayBuffer[]) => void;
  readonly nowMs: () => number;
}

/** Lets this worker obey orders between turns, so that none is kept waiting. */
export function obeyInTurns<Order, Report>(
  make: (surroundings: TurnSurroundings<Report>) => TurnTaker<Order>,
): void {
  const scope = globalThis as unknown as {
    postMessage(report: Report, transfer?: Transferable[]): void;
    onmessage: ((message: { readonly data: Order }) => void) | null;
  };
  const taker = make({
    send: (report, transfer = []) => scope.postMessage(report, transfer),
    nowMs: () => performance.now(),
  });
  // A message to oneself comes sooner than any timer.
  const { port1, port2 } = new MessageChannel();
  let waits = false;
  const turn = () => {
    const pauseMs = taker.turn();
    waits = taker.isBusy;
    if (!waits) return;
    if (pauseMs === 0) port2.postMessage(undefined);
    else setTimeout(turn, pauseMs);
  };
  port1.onmessage = turn;
  scope.onmessage = ({ data }) => {
    taker.obey(data);
    if (!waits && taker.isBusy) turn();
  };
}
