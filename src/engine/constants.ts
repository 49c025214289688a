import {
  AHP_STEP,
  AHP_STEPS_PER_MS,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  CLASS_COUNT,
  CLASS_RECORD,
  PROXIMAL_STEPS_PER_MS,
  QUIET_SQUARE,
  QUIET_SUM,
  REFRACTORY_PERIOD,
  REST,
  SETTLED_THRESHOLD,
  SPIKE_THRESHOLD,
  THRESHOLD_STEPS_PER_MS,
} from "../kernel/cell-record.ts";
import { externalInputs } from "../model/external-input.ts";
import { sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import { type CellClass, cellClasses } from "../model/populations.ts";
import { receptorNumber, receptors, receptorTimeConstantMs } from "../model/receptors.ts";
import type { Network } from "../network/construction.ts";
import type { ExternalStreams } from "../network/external-streams.ts";
import { rootsOfTwo } from "../numeric/exponential.ts";
import { interpolationTable, inverseTableStep } from "../numeric/interpolated-exponential.ts";
import {
  intervalCount,
  octaveLogarithmHigh,
  octaveLogarithmLow,
  reciprocalLogarithmHigh,
  reciprocalLogarithmLow,
  scaledReciprocal,
} from "../numeric/logarithm-table.ts";
import { raisedThreshold, recoveringThreshold } from "../rules/spiking.ts";
import { DECAY_ROW, DECAY_ROWS, fillDecayRows } from "./decay-rows.ts";
import { targetOf } from "./external-input.ts";
import { type EngineMemory, MOST_COLUMN_KINDS } from "./layout.ts";
import { type EnginePart, partOfUnits, unitsOf } from "./part.ts";
import { thresholdFall } from "./rule-tables.ts";

const classOrder: readonly CellClass[] = ["E", "LTS", "FS"];

/** Fills the part of the memory that stays as it is. */
export function fillConstants(
  memory: EngineMemory,
  parameters: Parameters,
  network: Network,
  streams: ExternalStreams,
): void {
  memory.firstSynapse.set(network.firstSynapse);
  memory.postsynaptic.set(network.postsynaptic);
  for (let cell = 0; cell < network.cellCount; cell++) {
    memory.presynaptic.fill(cell, network.firstSynapse[cell], network.firstSynapse[cell + 1]);
  }
  memory.delayMs.set(network.delayMs);
  memory.fastWeightMv.set(network.fastWeightMv);
  memory.slowWeightMv.set(network.slowWeightMv);
  fillTables(memory);
  fillReversals(memory, parameters);
  fillCells(memory, parameters, network);
  fillReceptors(memory, network);
  fillInterColumn(memory, network);
  fillIncoming(memory, network);
  markOvertakable(memory, network);
  fillStreams(memory, streams);
}

function fillReversals(
  { inverseReversal, reversalMv, receptorMask }: EngineMemory,
  parameters: Parameters,
): void {
  const { reversalAmpaMv, reversalNmdaMv, reversalGabaMv } = parameters;
  inverseReversal.set([
    1 / reversalAmpaMv,
    1 / reversalNmdaMv,
    1 / reversalGabaMv,
    1 / reversalGabaMv,
  ]);
  for (let receptor = 0; receptor < 4; receptor++) {
    receptorMask.fill(-1, 10 * receptor, 10 * receptor + 2);
  }
  // AMPA is not bounded.
  reversalMv.set([Infinity, reversalNmdaMv, -reversalGabaMv, -reversalGabaMv]);
}

function fillTables(memory: EngineMemory): void {
  memory.interpolation.set(interpolationTable);
  memory.stepsPerMs.set([
    inverseTableStep / receptorTimeConstantMs.ampaDistal,
    inverseTableStep / receptorTimeConstantMs.nmdaDistal,
  ]);
  memory.exponentialRoot.set(rootsOfTwo);
  for (let interval = 0; interval < intervalCount; interval++) {
    memory.logarithmTable[4 * interval] = scaledReciprocal[interval]! * 0x80000000;
    memory.logarithmTable[4 * interval + 1] = reciprocalLogarithmHigh[interval]!;
    memory.logarithmTable[4 * interval + 2] = reciprocalLogarithmLow[interval]!;
  }
  octaveLogarithmHigh.forEach((high, octave) => {
    memory.octaveTable[2 * octave] = high;
    memory.octaveTable[2 * octave + 1] = octaveLogarithmLow[octave]!;
  });
}

function fillCells(memory: EngineMemory, parameters: Parameters, network: Network): void {
  classOrder.forEach((cellClass, index) => {
    fillClass(memory.classConstant.subarray(CLASS_RECORD * index), cellClass, parameters);
    fillDecayRows(
      memory.decayTable.subarray(DECAY_ROW * DECAY_ROWS * index),
      ahpTimeConstantMs(cellClass, parameters),
    );
  });
  for (const { cellClass, firstCell, cellCount } of network.populations) {
    const end = firstCell + cellCount;
    const excitatory = cellClass === "E" ? 1 : 0;
    memory.cellClass.fill(classOrder.indexOf(cellClass), firstCell, end);
    memory.excitatory.fill(excitatory, firstCell, end);
    const scales = excitatory || parameters.scaleInhibitoryCells;
    memory.scaled.fill(scales && !sensesArrivals(parameters) ? 1 : 0, firstCell, end);
  }
}

/** Far more than rounding can make of a potential, mV. */
const ROUNDING_MV = 1e-9;

function fillClass(record: Float64Array, cellClass: CellClass, parameters: Parameters): void {
  const constants = cellClasses[cellClass];
  const { thresholdMv, blockMv } = constants;
  const raisedMv = raisedThreshold(thresholdMv, blockMv, constants.relativeRefractoryWeight);
  record[REST] = constants.restMv;
  record[BASE_THRESHOLD] = thresholdMv;
  record[SPIKE_THRESHOLD] = raisedMv;
  record[SETTLED_THRESHOLD] = recoveringThreshold(thresholdMv, raisedMv, interpolationTable[0]!);
  record[BLOCK_LEVEL] = blockMv;
  record[REFRACTORY_PERIOD] = constants.refractoryPeriodMs;
  record[AHP_STEP] = constants.afterhyperpolarizationStepMv;
  record[PROXIMAL_STEPS_PER_MS] = inverseTableStep / receptorTimeConstantMs.gabaProximal;
  record[AHP_STEPS_PER_MS] = inverseTableStep / ahpTimeConstantMs(cellClass, parameters);
  const fallMv = cellClass === "E" ? thresholdFall(parameters) : 0;
  record[QUIET_SUM] = thresholdMv - fallMv - constants.restMv - ROUNDING_MV;
  const boundMv = constants.restMv + ROUNDING_MV;
  record[QUIET_SQUARE] = boundMv * boundMv;
  record[THRESHOLD_STEPS_PER_MS] = inverseTableStep / constants.relativeRefractoryTimeConstantMs;
}

/** Time constant of a class's afterhyperpolarization, ms. */
function ahpTimeConstantMs(cellClass: CellClass, parameters: Parameters): number {
  return cellClass === "E"
    ? parameters.afterhyperpolarizationTimeConstantEMs
    : cellClasses[cellClass].afterhyperpolarizationTimeConstantMs;
}

/** E cells drive AMPA (and NMDA) on distal dendrites, I cells GABA-A where their synapse lies. */
function fillReceptors(memory: EngineMemory, { populations, firstSynapse, distal }: Network): void {
  for (const { cellClass, firstCell, cellCount } of populations) {
    const end = firstSynapse[firstCell + cellCount]!;
    for (let synapse = firstSynapse[firstCell]!; synapse < end; synapse++) {
      memory.fastReceptor[synapse] =
        cellClass === "E"
          ? receptorNumber.ampaDistal
          : distal[synapse]
            ? receptorNumber.gabaDistal
            : receptorNumber.gabaProximal;
    }
  }
}

function fillInterColumn(memory: EngineMemory, { interColumn }: Network): void {
  if (!interColumn || interColumn.postsynaptic.length === 0) return;
  memory.columnFirstSynapse.set(interColumn.firstSynapse);
  memory.columnPostsynaptic.set(interColumn.postsynaptic);
  memory.columnDelayMs.set(interColumn.delayMs);
  const { fastWeightMv, slowWeightMv } = interColumn;
  const kinds = new Map<string, number>();
  for (let synapse = 0; synapse < fastWeightMv.length; synapse++) {
    const weightsMv = [fastWeightMv[synapse]!, slowWeightMv[synapse]!];
    const key = weightsMv.join();
    const kind = kinds.get(key) ?? kinds.size;
    memory.columnKind[synapse] = kind;
    if (kinds.has(key)) continue;
    if (kind === MOST_COLUMN_KINDS) {
      throw new RangeError(
        `More than ${MOST_COLUMN_KINDS} different weights of synapses between columns.`,
      );
    }
    kinds.set(key, kind);
    memory.columnWeightMv.set(weightsMv, 2 * kind);
  }
}

/** Lists E cells' synapses by postsynaptic cell; presynaptic cells come in ascending order. */
function fillIncoming(memory: EngineMemory, network: Network): void {
  const { cellCount, firstSynapse, postsynaptic } = network;
  const first = memory.firstIncoming;
  const eachPlastic = (visit: (synapse: number, presynaptic: number) => void) => {
    for (let cell = 0; cell < cellCount; cell++) {
      if (!memory.excitatory[cell]) continue;
      for (let s = firstSynapse[cell]!; s < firstSynapse[cell + 1]!; s++) visit(s, cell);
    }
  };
  eachPlastic((synapse) => {
    first[postsynaptic[synapse]! + 1]!++;
  });
  for (let cell = 0; cell < cellCount; cell++) first[cell + 1]! += first[cell]!;
  const next = first.slice();
  eachPlastic((synapse, presynaptic) => {
    const place = next[postsynaptic[synapse]!]!++;
    memory.incomingSynapse[place] = synapse;
    memory.incomingCell[place] = presynaptic;
  });
}

/** Rounding of the times of a chain's callbacks, ms, stays well below this. */
const ROUNDING_MS = 1e-5;

/** Marks E cells that may fire again while arrivals of their last spike are still to come. */
function markOvertakable(memory: EngineMemory, network: Network): void {
  const shortestMs = cellClasses.E.refractoryPeriodMs - ROUNDING_MS;
  for (let cell = 0; cell < network.cellCount; cell++) {
    const first = network.firstSynapse[cell]!;
    const end = network.firstSynapse[cell + 1]!;
    const overtaken = end > first && network.delayMs[end - 1]! > shortestMs;
    memory.overtakable[cell] = memory.excitatory[cell] === 1 && overtaken ? 1 : 0;
  }
}

function fillStreams(memory: EngineMemory, streams: ExternalStreams): void {
  memory.streamNumber.fill(-1);
  for (let stream = 0; stream < streams.count; stream++) {
    const target = targetOf(streams, stream);
    memory.streamNumber[target] = stream;
    memory.streamMeanMs[target] = streams.meanIntervalMs[stream]!;
  }
}

/** Marks the cells of a part, or all, as served, and lists them class by class. */
export function fillServed(
  memory: EngineMemory,
  part: EnginePart | undefined,
  columns: number,
): void {
  const { cellClass, cellsByClass, classCells, served } = memory;
  if (part) {
    const units = unitsOf(part.count, served.length, columns);
    const partOf = partOfUnits(part.shares, units);
    const cellsPerUnit = served.length / units;
    for (let cell = 0; cell < served.length; cell++) {
      served[cell] = partOf[Math.floor(cell / cellsPerUnit)] === part.index ? 1 : 0;
    }
  } else served.fill(1);
  let count = 0;
  for (let k = 0; k < CLASS_COUNT; k++) {
    cellClass.forEach((ofCell, cell) => {
      if (ofCell === k && served[cell]) cellsByClass[count++] = cell;
    });
    classCells[k] = count;
  }
}

/** Sets the weights of external input to `factor` times those of the parameters. */
export function setExternalWeights(
  { externalWeightMv, inverseReversal }: EngineMemory,
  parameters: Parameters,
  factor: number,
): void {
  for (const { receptor, weightMv } of externalInputs(parameters)) {
    classOrder.forEach((cellClass, index) => {
      const k = receptorNumber[receptor];
      const row = 2 * receptors.length * (receptors.length * index + k);
      const weight = weightMv[cellClass] * factor;
      externalWeightMv[row + k] = weight;
      externalWeightMv[row + receptors.length + k] = weight * inverseReversal[k]!;
    });
  }
}
