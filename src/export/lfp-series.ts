import { type LfpProxy, lfpProxy } from "../analysis/state/lfp-proxy.ts";
import { type RecordedLayer, recordedLayers } from "../recording/recorded-layers.ts";
import type { RunExcerpt } from "./excerpt.ts";

/** Name of the LFP proxy or of one of its components. */
export type LfpName = Exclude<keyof LfpProxy, "timesMs">;

export const lfpNames = [
  "proxyMv",
  "excitatoryMv",
  "inhibitoryMv",
] as const satisfies readonly LfpName[];

/** Name of the proxy and its components in files for other programs. */
export const lfpFields = {
  proxyMv: {
    name: "lfp_proxy",
    description:
      "Proxy of the local field potential of each layer, without electrode or geometry: mean over " +
      "living E cells with recorded potentials of AMPA + NMDA + |proximal + distal GABA-A|, the " +
      "deviations of their receptors (after Mazzoni et al. 2008, PLoS Comput Biol 4:e1000239); " +
      "NaN while no such cell lives.",
  },
  excitatoryMv: { name: "lfp_excitatory", description: "Its excitatory component, AMPA + NMDA." },
  inhibitoryMv: {
    name: "lfp_inhibitory",
    description: "Its inhibitory component, |proximal + distal GABA-A|.",
  },
} as const satisfies Record<LfpName, { name: string; description: string }>;

/** Layers of a run that have an LFP proxy, in the order of the values. */
export const lfpLayersOf = ({ manifest, potentialCells }: RunExcerpt): RecordedLayer[] =>
  recordedLayers(manifest.populations, potentialCells);

/** LFP proxies of these layers in order of time, block by block of the readings. */
export function* lfpBlocks(run: RunExcerpt): Generator<LfpProxy[]> {
  const layers = lfpLayersOf(run);
  for (const readings of run.potentialBlocks()) {
    yield layers.map(({ cells }) => lfpProxy(readings, run.potentialCells, cells));
  }
}

/** Values of the proxy or a component, for each time one array of all layers. */
export function* lfpRows(run: RunExcerpt, name: LfpName): Generator<Float64Array> {
  for (const layers of lfpBlocks(run)) {
    for (const k of layers[0]?.timesMs.keys() ?? []) {
      yield Float64Array.from(layers, (layer) => layer[name][k]!);
    }
  }
}
