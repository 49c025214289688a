import { cellCountOf } from "../model/column-grid.ts";
import { expectedInterColumnSynapses, expectedSynapses } from "../model/expected-synapses.ts";
import type { Parameters } from "../model/parameters.ts";
import { type PotentialSchedule, potentialBytes } from "../recording/potentials.ts";

/** Extent of a run's record, which determines its size on disk. */
export interface RecordExtent {
  readonly startMs: number;
  readonly endMs: number;
  readonly spikes: number;
  /** Times at which plastic gains are recorded. */
  readonly gains: number;
  readonly potentials?: PotentialSchedule | undefined;
}

/** As files of some runs have them, compressed. */
const BYTES_PER_SPIKE = 6.7;
const BYTES_PER_CELL_SAMPLE = 7.4;
const BYTES_PER_SYNAPSE = 18.2;
/** Between columns, where there are no gains and few different weights. */
const BYTES_PER_INTER_COLUMN_SYNAPSE = 6.7;
const BYTES_PER_GAIN = 5.4;
const BYTES_PER_CELL = 22;
const CHECKPOINT_BYTES_PER_CELL = 580;
/** The last two; a branch also keeps its first. */
const CHECKPOINTS = 3;
const MANIFEST_BYTES = 12_000;

/** An estimate of the size of a run's directory, bytes. */
export function runBytes(
  parameters: Parameters,
  { startMs, endMs, spikes, gains, potentials }: RecordExtent,
): number {
  const cells = cellCountOf(parameters);
  const interColumn = expectedInterColumnSynapses(parameters);
  const synapses = expectedSynapses(parameters) - interColumn;
  const samples = samplesUntil(parameters, endMs) - samplesUntil(parameters, startMs);
  return (
    MANIFEST_BYTES +
    BYTES_PER_SPIKE * spikes +
    BYTES_PER_CELL_SAMPLE * cells * samples +
    (potentials ? potentialBytes(potentials, startMs, endMs) : 0) +
    (BYTES_PER_SYNAPSE + BYTES_PER_GAIN * gains) * synapses +
    BYTES_PER_INTER_COLUMN_SYNAPSE * interColumn +
    (BYTES_PER_CELL + CHECKPOINTS * CHECKPOINT_BYTES_PER_CELL) * cells
  );
}

const samplesUntil = ({ samplingStartMs, samplingIntervalMs }: Parameters, timeMs: number) =>
  Math.max(0, Math.floor((timeMs - samplingStartMs) / samplingIntervalMs) + 1);
