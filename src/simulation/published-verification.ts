import { DIGEST_MS, type SpikeDigest, SpikeDigests } from "./spike-digest.ts";
import {
  PROGRESS_INTERVAL_MS,
  type ReferenceRun,
  relative,
  replay,
  SPIKE_TIME_TOLERANCE_MS,
  type VerificationReport,
  within,
} from "./verification.ts";

/** A published run that is too long to keep, as digests of its spikes. */
export interface PublishedRun
  extends Pick<ReferenceRun, "name" | "model" | "original" | "durationMs"> {
  /** Program that recorded it: NEURON, or isocortex itself, whose bits must not change. */
  readonly recordedBy: string;
  readonly digests: readonly SpikeDigest[];
  readonly finalPlasticGains: Float64Array | undefined;
}

/**
 * Comparison of a published run with its replay from parameters and seeds alone: in each stretch the
 * same number of spikes of the same cells in the same order, with times that differ by less than
 * 10⁻⁶ ms on average, or not at all if isocortex recorded them; and the final plastic gains.
 *
 * @param untilMs end of the comparison, unless the run ends before
 * @param onProgress receives the simulated time and the end, ms
 */
export function verifyPublished(
  run: PublishedRun,
  untilMs = Infinity,
  onProgress: (simulatedMs: number, endMs: number) => void = () => {},
): VerificationReport {
  const simulation = replay(run);
  const digests = new SpikeDigests();
  const endMs = Math.min(untilMs, run.durationMs);
  while (simulation.timeMs < endMs) {
    simulation.advance(
      Math.min(simulation.timeMs + PROGRESS_INTERVAL_MS, endMs),
      (timesMs, cells, count) => digests.add(timesMs, cells, count),
    );
    onProgress(simulation.timeMs, endMs);
  }
  const found = digests.until(endMs);
  const compared = run.digests.slice(0, found.length);
  const firstDiffering = compared.findIndex((expected, k) => !hasSameCells(expected, found[k]!));
  const same = firstDiffering < 0 ? compared : compared.slice(0, firstDiffering);
  const isOurs = run.recordedBy.startsWith("isocortex");
  const checks = [
    within("stretches of 100 s (differing)", compared.length - same.length, 0),
    within(
      "mean spike times (ms)",
      same.reduce((worst, { sum, count }, k) => {
        const difference = Math.abs(sum - found[k]!.sum);
        return difference === 0 ? worst : Math.max(worst, difference / count);
      }, 0),
      isOurs ? 0 : SPIKE_TIME_TOLERANCE_MS,
    ),
    ...(run.finalPlasticGains && endMs === run.durationMs
      ? [relative("plastic gains", simulation.plasticGains(), run.finalPlasticGains)]
      : []),
  ];
  const spikesOf = (stretches: readonly SpikeDigest[]) =>
    stretches.reduce((sum, { count }) => sum + count, 0);
  return {
    name: run.name,
    recordedBy: run.recordedBy,
    spikes: spikesOf(compared),
    identicalSpikes: spikesOf(same),
    firstDifference: undefined,
    firstDifferingMs: firstDiffering < 0 ? undefined : firstDiffering * DIGEST_MS,
    checks,
    passed: checks.every(({ passed }) => passed),
  };
}

const hasSameCells = (a: SpikeDigest, b: SpikeDigest): boolean =>
  a.count === b.count && a.hash === b.hash;
