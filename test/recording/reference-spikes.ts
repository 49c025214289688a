import { readFileSync } from "node:fs";
import type { Spikes } from "../../src/encoding/spike-codec.ts";

/** The spikes of a reference run. */
export function referenceSpikes(name: string): Spikes {
  const folder = new URL(`../reference/${name}/`, import.meta.url);
  const times = new Uint8Array(readFileSync(new URL("spike-times-ms.f64", folder)));
  const cells = new Uint8Array(readFileSync(new URL("spike-cells.u16", folder)));
  return {
    timesMs: new Float64Array(times.buffer),
    cells: Uint32Array.from(new Uint16Array(cells.buffer)),
  };
}
