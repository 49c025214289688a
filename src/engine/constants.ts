import type { Parameters } from "../model/parameters.ts";
import { type CellClass, cellClasses } from "../model/populations.ts";
import { receptorNumber, receptorTimeConstantMs } from "../model/receptors.ts";
import type { ExternalStreams } from "../network/external-streams.ts";
import type { Network } from "../network/network.ts";
import type { TrainingInput } from "../network/training-input.ts";
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
import {
  AHP_STEP,
  AHP_STEPS_PER_MS,
  BASE_THRESHOLD,
  BLOCK_LEVEL,
  CLASS_RECORD,
  PROXIMAL_STEPS_PER_MS,
  REFRACTORY_PERIOD,
  REST,
  SETTLED_THRESHOLD,
  SPIKE_THRESHOLD,
  THRESHOLD_STEPS_PER_MS,
} from "./cell-record.ts";
import type { EngineMemory } from "./engine-memory.ts";

const classOrder: readonly CellClass[] = ["E", "LTS", "FS"];

/** Fills the part of the memory that stays as it is. */
export function fillConstants(
  memory: EngineMemory,
  parameters: Parameters,
  network: Network,
  streams: ExternalStreams,
  training: TrainingInput,
): void {
  memory.firstSynapse.set(network.firstSynapse);
  memory.postsynaptic.set(network.postsynaptic);
  memory.delayMs.set(network.delayMs);
  memory.fastWeightMv.set(network.fastWeightMv);
  memory.slowWeightMv.set(network.slowWeightMv);
  fillTables(memory);
  memory.trainingTimeMs.set(training.timeMs);
  memory.trainingCell.set(training.cell);
  fillReversals(memory, parameters);
  fillCells(memory, parameters, network);
  fillReceptors(memory, network);
  fillIncoming(memory, network);
  fillStreams(memory, streams);
}

function fillReversals(
  { inverseReversal, reversalMv }: EngineMemory,
  parameters: Parameters,
): void {
  const { reversalAmpaMv, reversalNmdaMv, reversalGabaMv } = parameters;
  inverseReversal.set([
    1 / reversalAmpaMv,
    1 / reversalNmdaMv,
    1 / reversalGabaMv,
    1 / reversalGabaMv,
  ]);
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
  });
  for (const { cellClass, firstCell, cellCount } of network.populations) {
    const end = firstCell + cellCount;
    const excitatory = cellClass === "E" ? 1 : 0;
    memory.classOffset.fill(CLASS_RECORD * classOrder.indexOf(cellClass), firstCell, end);
    memory.excitatory.fill(excitatory, firstCell, end);
    memory.scaled.fill(excitatory || parameters.scaleInhibitoryCells ? 1 : 0, firstCell, end);
  }
}

function fillClass(record: Float64Array, cellClass: CellClass, parameters: Parameters): void {
  const constants = cellClasses[cellClass];
  const { thresholdMv, blockMv } = constants;
  const rise = constants.relativeRefractoryWeight * (blockMv - thresholdMv);
  const ahpTimeConstantMs =
    cellClass === "E"
      ? parameters.afterhyperpolarizationTimeConstantEMs
      : constants.afterhyperpolarizationTimeConstantMs;
  const spikeThreshold = thresholdMv + rise;
  record[REST] = constants.restMv;
  record[BASE_THRESHOLD] = thresholdMv;
  record[SPIKE_THRESHOLD] = spikeThreshold;
  record[SETTLED_THRESHOLD] = thresholdMv + (spikeThreshold - thresholdMv) * interpolationTable[0]!;
  record[BLOCK_LEVEL] = blockMv;
  record[REFRACTORY_PERIOD] = constants.refractoryPeriodMs;
  record[AHP_STEP] = constants.afterhyperpolarizationStepMv;
  record[PROXIMAL_STEPS_PER_MS] = inverseTableStep / receptorTimeConstantMs.gabaProximal;
  record[AHP_STEPS_PER_MS] = inverseTableStep / ahpTimeConstantMs;
  record[THRESHOLD_STEPS_PER_MS] = inverseTableStep / constants.relativeRefractoryTimeConstantMs;
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

function fillStreams(memory: EngineMemory, streams: ExternalStreams): void {
  memory.streamMeanMs.set(streams.meanIntervalMs);
  for (let stream = 0; stream < streams.count; stream++) {
    const target = 4 * streams.cell[stream]! + streams.receptor[stream]!;
    memory.streamTarget[stream] = target;
    memory.streamOfTarget[target] = stream;
    memory.externalBaseMv[target] = streams.weightMv[stream]!;
  }
}
