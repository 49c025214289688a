import { type LfpProxy, lfpProxy } from "../analysis/state/lfp-proxy.ts";
import { recordedLayers } from "../recording/recorded-layers.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { TimeRange } from "../recording/time-range.ts";

/** LFP proxy of the excitatory cells of one layer. */
export interface LayerLfp extends LfpProxy {
  /** 2 stands for layer 2/3. */
  readonly layer: number;
  readonly column?: number;
  /** Number of cells with recorded potentials. */
  readonly cellCount: number;
}

/** LFP proxies of all layers with recorded potentials of excitatory cells, from the surface down. */
export function layerLfps({ potentials, manifest }: RunReader, range: TimeRange = {}): LayerLfp[] {
  if (!potentials) return [];
  const layers = recordedLayers(manifest.populations, potentials.cells);
  const blocks = Array.from(potentials.blocks(range), (readings) =>
    layers.map(({ cells }) => lfpProxy(readings, potentials.cells, cells)),
  );
  return layers.map(({ cells, ...identity }, k) => {
    const joined = (name: keyof LfpProxy) =>
      Float64Array.from(blocks.flatMap((proxies) => [...proxies[k]![name]]));
    return {
      ...identity,
      cellCount: cells.length,
      timesMs: joined("timesMs"),
      excitatoryMv: joined("excitatoryMv"),
      inhibitoryMv: joined("inhibitoryMv"),
      proxyMv: joined("proxyMv"),
    };
  });
}
