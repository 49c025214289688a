import { externalInputs } from "../model/external-input.ts";
import type { Parameters } from "../model/parameters.ts";
import { cellClasses } from "../model/populations.ts";
import { usesTraining } from "../model/timeline.ts";
import type { Network } from "./construction.ts";

/**
 * Events per ms of a network, at most: if every cell fires as often as its refractory period
 * allows, and external and training input come at their rates.
 */
export function mostEventsPerMs(parameters: Parameters, network: Network): number {
  const inputs = externalInputs(parameters);
  const { populations, firstSynapse, interColumn } = network;
  const trainingHz = usesTraining(parameters) ? parameters.trainingRateHz : 0;
  return populations.reduce((sum, { cellClass, firstCell, cellCount }) => {
    const inputHz = inputs.reduce(
      (hz, { rateHz, weightMv }) => hz + (weightMv[cellClass] > 0 ? rateHz[cellClass] : 0),
      // A volley reaches every trained cell, and some twice.
      2 * trainingHz,
    );
    const end = firstCell + cellCount;
    const within = firstSynapse[end]! - firstSynapse[firstCell]!;
    const between = interColumn
      ? interColumn.firstSynapse[end]! - interColumn.firstSynapse[firstCell]!
      : 0;
    const synapses = within + between;
    const { refractoryPeriodMs } = cellClasses[cellClass];
    return sum + (cellCount * inputHz) / 1000 + (cellCount + synapses) / refractoryPeriodMs;
  }, 0);
}
