import type { Interval } from "../analysis/firing/interval.ts";
import { FigureDataError } from "../drawing/figure.ts";
import type { LfpFigureData } from "../figures/lfp.ts";
import { layerLfps } from "../measures/layer-lfp.ts";
import { LEAST_LFP_READINGS, LFP_SEGMENT_MS } from "../measures/lfp-statistics.ts";
import { signalSpectrum } from "../spectra/signal-spectrum.ts";
import type { DrawnRun } from "./drawn-run.ts";
import { shownReadings } from "./potentials-data.ts";
import type { FigureRequest } from "./request.ts";

/** LFP proxies to draw, with their time range. */
export interface ShownLfp {
  readonly interval: Interval;
  readonly data: LfpFigureData;
}

/**
 * LFP proxies of the layers of a run over the time of its recorded potentials.
 *
 * @throws {FigureDataError} when none of excitatory cells are recorded at that time
 */
export function lfpRun(run: DrawnRun, request: FigureRequest): ShownLfp {
  const { potentials, interval, range } = shownReadings(run, request);
  const layers = layerLfps(run.history.record, range);
  if (layers.length === 0) {
    throw new FigureDataError(
      `${run.label} has recorded potentials of I cells only; an LFP is that of E cells.`,
    );
  }
  const { everyMs } = potentials.schedule;
  const count = layers[0]!.timesMs.length;
  const { segmentMs = LFP_SEGMENT_MS } = request;
  if (Math.min(count, segmentMs / everyMs) < LEAST_LFP_READINGS) {
    throw new FigureDataError(
      `The spectrum of an LFP needs segments of at least ${LEAST_LFP_READINGS} readings; there are ${count}, every ${everyMs} ms. Choose a longer time range or segments.`,
    );
  }
  const withSpectra = layers.map((layer) => ({
    ...layer,
    ...(layer.proxyMv.every(Number.isFinite) && {
      spectrum: signalSpectrum(layer.proxyMv, everyMs, segmentMs),
    }),
  }));
  return { interval, data: { layers: withSpectra } };
}
