import { cellClasses } from "../model/populations.ts";
import type { Network } from "../network/construction.ts";
import type { ExternalStreams } from "../network/external-streams.ts";

/**
 * Time is cut into windows no longer than the shortest axonal delay: what a cell does within one
 * reaches no other cell before the next, so that in a window cells can be served one by one.
 */
export interface Windows {
  /** A power of two, so that windows begin at exact times. */
  readonly windowMs: number;
  /** External input is drawn ahead for so many windows, with room for so many events in each. */
  readonly blockWindows: number;
  readonly windowCapacity: number;
  /** Scheduled inputs, callbacks and arrivals in one window, at most. */
  readonly pendingCapacity: number;
  /** Spikes in one window, at most. */
  readonly spikeCapacity: number;
}

/** Scheduled inputs that are kept in memory, at most; as many may come at one instant. */
export const inputCapacity = (cells: number): number => 4096 + 8 * cells;

/** Windows need not be longer, even where delays are. */
const LONGEST_MS = 2;
const SHORTEST_MS = 1 / 1024;

/** External input is drawn ahead for so many windows, as each stream draws in vain at a block's end. */
const MOST_WINDOWS = 512;

/** External events drawn ahead, about, at most: so many windows, and windows so long, are too much. */
const MOST_BLOCK_EVENTS = 4_194_304;

/**
 * @param longestMs an upper limit of the windows' length; results do not depend on it
 * @throws {RangeError} when an axonal delay is shorter than 2⁻¹⁰ ms
 */
export function timeWindows(
  network: Network,
  streams: ExternalStreams,
  longestMs = LONGEST_MS,
): Windows {
  const shortestDelayMs = [network, network.interColumn].reduce(
    (shortest, synapses) =>
      synapses?.delayMs.reduce((least, delayMs) => Math.min(least, delayMs), shortest) ?? shortest,
    longestMs,
  );
  if (!(shortestDelayMs >= SHORTEST_MS)) {
    throw new RangeError(
      `An axonal delay of ${shortestDelayMs} ms: expected at least ${SHORTEST_MS} ms.`,
    );
  }
  let windowMs = LONGEST_MS;
  while (windowMs > shortestDelayMs) windowMs /= 2;
  const eventsPerMs = streams.meanIntervalMs.reduce((sum, meanMs) => sum + 1 / meanMs, 0);
  while (windowMs > SHORTEST_MS && windowMs * eventsPerMs > MOST_BLOCK_EVENTS) windowMs /= 2;
  const meanEvents = windowMs * eventsPerMs;
  let blockWindows = MOST_WINDOWS;
  while (blockWindows > 1 && blockWindows * meanEvents > MOST_BLOCK_EVENTS) blockWindows /= 2;
  // Ten standard deviations of a Poisson count.
  const windowCapacity = Math.ceil(meanEvents + 10 * Math.sqrt(meanEvents) + 50);
  const { arrivals, spikes } = mostInWindow(network, windowMs);
  return {
    windowMs,
    blockWindows,
    windowCapacity,
    pendingCapacity: 2 * arrivals + inputCapacity(network.cellCount) + windowCapacity,
    spikeCapacity: spikes,
  };
}

/** Spikes of a window, and arrivals, if every cell fires as often as it can. */
function mostInWindow(network: Network, windowMs: number) {
  const { populations, firstSynapse, interColumn } = network;
  let arrivals = 0;
  let spikes = 0;
  for (const { cellClass, firstCell, cellCount } of populations) {
    const perCell = 1 + Math.ceil(windowMs / cellClasses[cellClass].refractoryPeriodMs);
    const end = firstCell + cellCount;
    arrivals += perCell * (firstSynapse[end]! - firstSynapse[firstCell]!);
    if (interColumn) {
      const { firstSynapse: first } = interColumn;
      arrivals += perCell * (first[end]! - first[firstCell]!);
    }
    spikes += perCell * cellCount;
  }
  return { arrivals, spikes };
}
