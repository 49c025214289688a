import { cellsOf, isExcitatory, isInhibitory } from "../analysis/firing/cell-groups.ts";
import { type CellSample, nanIfUnset } from "../recording/cell-sample.ts";
import { excitatoryMask } from "../recording/network-record.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { CellGroup } from "./group-statistics.ts";

export type ValuesByGroup<Group extends string> = Readonly<Record<Group, Float64Array>>;

/** Synapses of excitatory cells, by the class of the postsynaptic cell. */
export type GainGroup = "E to E" | "E to I";

/**
 * Classes of cells, and the targets of their activity.
 *
 * @inline
 */
export type ChargeGroup = CellGroup | `${CellGroup}, target`;

/** Scale factors of the cells that live at a sample, by its index. */
export function scaleFactors(record: RunReader, index: number): ValuesByGroup<CellGroup> {
  const sample = record.sample(index);
  return ofLiving(record, sample, sample.scaleFactor);
}

/** Sensed charges of the cells that live at a sample, by its index, and their targets. */
export function sensedCharges(record: RunReader, index: number): ValuesByGroup<ChargeGroup> {
  const sample = record.sample(index);
  const own = ofLiving(record, sample, sample.activity ?? new Float64Array());
  const target = ofLiving(record, sample, sample.targetRateKhz.map(nanIfUnset));
  return {
    excitatory: own.excitatory,
    "excitatory, target": target.excitatory,
    inhibitory: own.inhibitory,
    "inhibitory, target": target.inhibitory,
  };
}

function ofLiving(
  { manifest: { populations } }: RunReader,
  { alive }: CellSample,
  values: Float64Array,
): ValuesByGroup<CellGroup> {
  const living = (cells: Uint32Array) =>
    Float64Array.from(
      cells.filter((cell) => alive[cell] === 1),
      (cell) => values[cell]!,
    );
  return {
    excitatory: living(cellsOf(populations, isExcitatory)),
    inhibitory: living(cellsOf(populations, isInhibitory)),
  };
}

/** Plastic gains at one of the times that they were recorded, by its index. */
export function plasticGains(record: RunReader, index: number): ValuesByGroup<GainGroup> {
  const excitatory = excitatoryMask(record.manifest.populations);
  const { presynaptic, postsynaptic } = record.synapses();
  const gains = record.gains(index);
  const onto = (target: 0 | 1) =>
    gains.filter((_, k) => excitatory[presynaptic[k]!] && excitatory[postsynaptic[k]!] === target);
  return { "E to E": onto(1), "E to I": onto(0) };
}
