import type { Parameters } from "../model/parameters.ts";
import { numberedRules } from "../model/rules.ts";
import type { EngineMemory } from "./layout.ts";
import { parameterValue, rulesOn, TRACE_COUNT } from "./rule-tables.ts";

/** Fills the tables of the rules that are on. */
export function fillRules(
  memory: EngineMemory,
  parameters: Parameters,
  governing: Uint8Array | null,
): void {
  const { ruleParameters, traceTimeConstantMs } = memory;
  for (const { firstParameter, parameters: names } of numberedRules) {
    const values = Object.keys(names).map((name) => parameterValue(parameters, name));
    ruleParameters.set(values, firstParameter);
  }
  for (const { number, traces } of rulesOn(parameters, "plasticity")) {
    const { arrivals, spikes, slow } = traces;
    const timeConstantsMs = [arrivals, spikes, slow].map((name) =>
      parameterValue(parameters, name),
    );
    traceTimeConstantMs.set(timeConstantsMs, TRACE_COUNT * (number - 1));
  }
  if (!governing) return;
  memory.governingRule.set(governing);
  listGovernedSynapses(memory);
}

/** Lists governed synapses by postsynaptic cell. */
function listGovernedSynapses(memory: EngineMemory): void {
  const { governingRule, postsynaptic, firstGoverned: first, governedSynapse } = memory;
  governingRule.forEach((rule, synapse) => {
    if (rule > 0) first[postsynaptic[synapse]! + 1]!++;
  });
  for (let cell = 1; cell < first.length; cell++) first[cell]! += first[cell - 1]!;
  const next = first.slice();
  governingRule.forEach((rule, synapse) => {
    if (rule > 0) governedSynapse[next[postsynaptic[synapse]!]!++] = synapse;
  });
}
