import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as z from "zod";
import type { CellState } from "../engine/cell-state.ts";
import type { ReferenceRun } from "../simulation/verification.ts";

/** A folder is not a complete reference run; the message says what is missing or wrong. */
export class ReferenceRunError extends Error {
  override readonly name = "ReferenceRunError";
}

const runDescription = z.object({
  original: z.string(),
  durationMs: z.number().positive(),
  spikes: z.int().nonnegative(),
  cellEvents: z.int().nonnegative(),
});

/**
 * Reads a reference run: `run.json`, `spike-times-ms.f64`, `spike-cells.u16`, `final-cells.tsv`
 * and `final-plastic-gains.f64`, little-endian (format in test/reference/README.md).
 *
 * @throws {ReferenceRunError} when a file is missing or does not fit the others.
 */
export function readReferenceRun(folder: string): ReferenceRun {
  const description = runDescription.safeParse(parseJson(readText(folder, "run.json")));
  if (!description.success) {
    throw new ReferenceRunError(
      `${join(folder, "run.json")}: ${z.prettifyError(description.error)}`,
    );
  }
  const { spikes, ...run } = description.data;
  const spikeTimesMs = new Float64Array(readBytes(folder, "spike-times-ms.f64", 8));
  const spikeCells = new Uint16Array(readBytes(folder, "spike-cells.u16", 2));
  if (spikeTimesMs.length !== spikes || spikeCells.length !== spikes) {
    throw new ReferenceRunError(
      `${folder}: run.json states ${spikes} spikes, but there are ${spikeTimesMs.length} times and ${spikeCells.length} cells.`,
    );
  }
  return {
    name: basename(resolve(folder)),
    ...run,
    spikeTimesMs,
    spikeCells,
    finalCells: readFinalCells(folder),
    finalPlasticGains: new Float64Array(readBytes(folder, "final-plastic-gains.f64", 8)),
  };
}

const columnOf = {
  sensedRateKhz: "sensed_rate_khz",
  targetRateKhz: "target_rate_khz",
  rateErrorIntegral: "rate_error_integral",
  scaleFactor: "scale_factor",
  spikeCount: "spike_count",
  blockCount: "block_count",
  ampaDistalMv: "ampa_distal_mv",
  nmdaDistalMv: "nmda_distal_mv",
  gabaProximalMv: "gaba_proximal_mv",
  gabaDistalMv: "gaba_distal_mv",
  afterhyperpolarizationMv: "ahp_mv",
  dynamicThresholdMv: "dynamic_threshold_mv",
  lastUpdateMs: "last_update_ms",
} as const satisfies Record<Exclude<keyof CellState, "alive">, string>;

function readFinalCells(folder: string): CellState {
  const [header, ...rows] = readText(folder, "final-cells.tsv")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const column = (name: string): Float64Array => {
    const index = header!.indexOf(name);
    if (index < 0) {
      throw new ReferenceRunError(`${join(folder, "final-cells.tsv")}: no column "${name}".`);
    }
    return Float64Array.from(rows, (row) => Number(row[index]));
  };
  const columns = Object.entries(columnOf).map(([field, name]) => [field, column(name)]);
  return {
    alive: Uint8Array.from(column("dead"), (dead) => (dead ? 0 : 1)),
    ...Object.fromEntries(columns),
  } as CellState;
}

/** What a JSON text says; undefined, which no description is, where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readText(folder: string, name: string): string {
  return new TextDecoder().decode(readBytes(folder, name, 1));
}

function readBytes(folder: string, name: string, elementBytes: number): ArrayBuffer {
  const path = join(folder, name);
  if (!existsSync(path)) {
    throw new ReferenceRunError(
      `${path} does not exist: a reference run needs run.json, spike-times-ms.f64, spike-cells.u16, final-cells.tsv and final-plastic-gains.f64.`,
    );
  }
  const bytes = readFileSync(path);
  if (bytes.byteLength % elementBytes !== 0) {
    throw new ReferenceRunError(
      `${path}: ${bytes.byteLength} bytes are no whole number of ${elementBytes}-byte values.`,
    );
  }
  return new Uint8Array(bytes).buffer;
}
