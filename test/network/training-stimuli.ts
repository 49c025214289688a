import type { Parameters } from "../../src/model/parameters.ts";
import { usesTraining } from "../../src/model/timeline.ts";
import type { Network } from "../../src/network/construction.ts";
import type { Stimulus } from "../../src/network/stimuli/stimulus.ts";
import { volleys } from "../../src/network/stimuli/volleys.ts";

/** The training input of a run, for an engine by itself. */
export function trainingStimuli(parameters: Parameters, network: Network): Stimulus[] {
  const { firstCell, cellCount } = network.populations.find(({ name }) => name === "E4")!;
  if (!usesTraining(parameters)) return [];
  const plan = {
    cells: Array.from({ length: cellCount }, (_, k) => firstCell + k),
    rateHz: parameters.trainingRateHz,
    seed: parameters.trainingSeed,
    together: false,
    startMs: parameters.trainingStartMs,
    endMs: parameters.trainingEndMs,
    values: {
      spread: parameters.trainingVolleyMs,
      count: undefined,
      shuffled: parameters.trainingShuffled,
      shuffleSeed: parameters.inputSeed,
    },
  };
  return [
    {
      receptor: "ampaDistal",
      weightMv: parameters.trainingWeightMv,
      inputs: (fromMs) => volleys.inputs(plan, fromMs),
    },
  ];
}
