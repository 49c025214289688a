import type { Parameters } from "../model/parameters.ts";
import { usesTraining } from "../model/timeline.ts";
import type { Network } from "./network.ts";
import type { Stimulus } from "./stimuli/stimulus.ts";
import type { Volleys } from "./stimuli/volley-draws.ts";
import { volleyInputs } from "./stimuli/volleys.ts";

/** The training input of a run: volleys at `trainingRateHz` onto layer 4's excitatory cells. */
export function trainingStimuli(parameters: Parameters, network: Network): Stimulus[] {
  const target = network.populations.find(({ name }) => name === "E4");
  if (!target || !usesTraining(parameters)) return [];
  const volleys: Volleys = {
    cells: Array.from({ length: target.cellCount }, (_, k) => target.firstCell + k),
    rateHz: parameters.trainingRateHz,
    spreadMs: parameters.trainingVolleyMs,
    startMs: parameters.trainingStartMs,
    endMs: parameters.trainingEndMs,
    seed: parameters.trainingSeed,
    shuffleSeed: parameters.trainingShuffled ? parameters.inputSeed : null,
  };
  return [
    {
      receptor: "ampaDistal",
      weightMv: parameters.trainingWeightMv,
      inputs: (fromMs) => volleyInputs(volleys, fromMs),
    },
  ];
}
