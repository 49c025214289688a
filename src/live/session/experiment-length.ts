import { underivedOverrides } from "../../experiment/branch.ts";
import { readTimeline } from "../../experiment/definition.ts";
import { phasesLasting } from "../../experiment/phases.ts";
import { type Experiment, resolveParameters } from "../../index.ts";

/**
 * The same experiment, ended after so long: to the same bits until then. Where its timeline names
 * later times, it is left as it is.
 */
export function experimentUntil(experiment: Experiment, lengthMs: number): Experiment {
  const { parameters } = experiment;
  const ended = {
    ...experiment,
    parameters: resolveParameters({
      ...underivedOverrides(parameters),
      ...phasesLasting(parameters, lengthMs),
    }),
  };
  return readTimeline(ended).problems.length > 0 ? experiment : ended;
}
