import fc from "fast-check";
import type { DeathRule } from "../../src/engine/contract.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { ParameterOverrides, Parameters } from "../../src/model/parameters.ts";
import { populations } from "../../src/model/populations.ts";
import { type Receptor, receptors } from "../../src/model/receptors.ts";
import type { Network } from "../../src/network/construction.ts";
import type { PopulationRange } from "../../src/network/population-ranges.ts";
import { listedInputs } from "../../src/network/stimuli/listed.ts";
import type { Stimulus } from "../../src/network/stimuli/stimulus.ts";

/** A step of a protocol, as it would be called between two events. */
export type Action =
  | { readonly do: "advance"; readonly byMs: number }
  | { readonly do: "inspect" }
  | { readonly do: "turnOnScaling" }
  | { readonly do: "turnOffScaling" }
  | { readonly do: "turnOnPlasticity" | "turnOffPlasticity" }
  | { readonly do: "delete" | "silence" | "release"; readonly cells: readonly number[] }
  | { readonly do: "reseed"; readonly base: number }
  | { readonly do: "setExternalFactor" | "setGrowthFactor"; readonly factor: number }
  | { readonly do: "enableDeaths"; readonly speed: number; readonly rule: DeathRule }
  | { readonly do: "changeParameters"; readonly changes: ParameterOverrides }
  /** Stimuli go on but for the first ones. */
  | { readonly do: "setStimuli"; readonly without: number }
  | { readonly do: "restore" };

interface SynapsePlan {
  readonly presynaptic: number;
  readonly postsynaptic: number;
  readonly delayMs: number;
  readonly fastMv: number;
  readonly slowMv: number;
}

/** A stimulus besides training input. */
interface StimulusPlan {
  readonly receptor: Receptor;
  readonly weightMv: number;
  readonly inputs: readonly TrainingPlan[];
}

interface TrainingPlan {
  readonly timeMs: number;
  readonly cell: number;
  /** How many inputs, one interneuron's refractory period apart. */
  readonly inputs: number;
}

/** All that one test case is made of; cell numbers count modulo the cells there are. */
export interface Scenario {
  readonly model?: "2013" | "2014";
  /** Of each column. */
  readonly cellCounts: readonly number[];
  readonly synapses: readonly SynapsePlan[];
  /** Columns, if there are several, and the synapses between them. */
  readonly columns?: number;
  readonly interColumn?: readonly SynapsePlan[];
  /** Inputs to AMPA receptors, of the parameters' weight. */
  readonly training: readonly TrainingPlan[];
  readonly stimuli?: readonly StimulusPlan[];
  readonly parameters: ParameterOverrides;
  readonly schedule: readonly Action[];
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const oneOf = <const V>(...values: readonly V[]) => fc.constantFrom(...values);

/** Multiples of ¼ ms add up without rounding, so that independent events meet at one instant. */
const quarterMs = (min: number, max: number) =>
  fc.integer({ min: 4 * min, max: 4 * max }).map((quarters) => quarters / 4);

/** Delays: equal ones, ones that share a callback or just do not, extremes, refractory periods. */
const delayMs = fc.oneof(
  quarterMs(1, 6),
  oneOf(1, 1.25, 2, 5),
  fc.tuple(oneOf(1, 4), fc.integer({ min: 0, max: 9 })).map(([ms, k]) => ms + k * 4e-6),
  oneOf(0.05, 40),
  double(0.05, 40),
);

/** Weights: none, weak, strong enough to fire a cell at rest, strong enough to block one. */
const weightMv = fc.oneof(oneOf(0, 28, 28, 28), double(0, 8), double(20, 45), double(40, 120));

const synapse = fc.record({
  presynaptic: fc.nat(29),
  postsynaptic: fc.nat(29),
  delayMs,
  fastMv: weightMv,
  slowMv: fc.oneof(oneOf(0), double(0, 60)),
});

const trainingPlan = fc.record({
  timeMs: fc.oneof(oneOf(5, 10, 20), quarterMs(1, 60), double(0.1, 250)),
  cell: fc.nat(29),
  inputs: oneOf(1, 1, 1, 1, 1, 1, 1, 60),
});

const stimulusPlan = fc.record({
  receptor: oneOf(...receptors),
  weightMv: oneOf(1, 6, 28, 60),
  inputs: fc.array(trainingPlan, { maxLength: 10, size: "max" }),
});

const rateHz = oneOf(0, 5, 125, 300, 3000);

/** Rules besides the published ones, mostly off. */
const ruleOverrides = {
  inhibitoryStdpIncrement: oneOf(0, 0, 0, 0.2),
  inhibitoryStdpTargetHz: oneOf(5, 50),
  inhibitoryStdpMaximum: oneOf(1.5, 10),
  tripletPotentiation: oneOf(0, 0, 0, 0.5),
  tripletDepression: oneOf(0.01, 0.5),
  tripletMaximum: oneOf(1.2, 10),
  intrinsicThresholdStepMv: oneOf(0, 0, 0, 2),
  intrinsicThresholdTargetHz: oneOf(1, 100),
  intrinsicThresholdBoundMv: oneOf(1, 20),
  rateDetectorTargetHz: oneOf(0, 0, 0, 20),
  rateDetectorTimeConstantMs: oneOf(10, 3000),
} as const;

const parameters: fc.Arbitrary<ParameterOverrides> = fc.record({
  baselineDurationS: oneOf(0, 1),
  learningDurationS: fc.oneof(
    { weight: 1, arbitrary: oneOf(0) },
    { weight: 4, arbitrary: oneOf(1) },
  ),
  recallDurationS: oneOf(0.01, 1),
  inputSeed: fc.nat(0xffffffff),
  externalGain: oneOf(0, 15, 15, 40),
  externalAmpaRateEHz: rateHz,
  externalAmpaRateIHz: rateHz,
  externalGabaRateEHz: rateHz,
  externalGabaRateIHz: rateHz,
  externalNmdaRateHz: rateHz,
  trainingWeightMv: oneOf(0, 6, 28, 28, 30),
  scalingBeta: oneOf(0, 1e-3, 0.1),
  scalingGamma: oneOf(0, 1e-6, 1e-3),
  scaleInhibitoryCells: fc.boolean(),
  scaleFactorMinimum: oneOf(0, 0, 0, 0.9),
  scaleFactorMaximum: oneOf(0, 0, 0, 1.1),
  rateErrorIntegralLimit: oneOf(0, 0, 0, 0.5),
  targetRateEHz: oneOf(0, 0, 0, 20),
  targetRateIHz: oneOf(0, 0, 100),
  sensorTimeConstantMs: oneOf(10, 1000, 100_000),
  sensorDecay: oneOf("published", "consistent"),
  plasticityStartMs: oneOf(0, 0, 15),
  plasticityEndMs: oneOf(20, 1000, 1000),
  plasticIncrementEE: oneOf(0.001, 0.5, 20),
  plasticMaximumEE: oneOf(0.1, 2, 10),
  plasticIncrementEI: oneOf(0, 0.5),
  plasticMaximumEI: oneOf(0.1, 2),
  ...ruleOverrides,
  afterhyperpolarizationTimeConstantEMs: oneOf(1, 400),
  magnesiumMm: oneOf(0, 1.6),
  reversalAmpaMv: oneOf(65, 65, 30),
  reversalNmdaMv: oneOf(90, 90, 20),
  reversalGabaMv: oneOf(-15, -15, -2),
});

/** Changes of what may change in the course of a run. */
const parameterChanges: fc.Arbitrary<ParameterOverrides> = fc.record(
  {
    inputSeed: fc.nat(0xffffffff),
    externalGain: oneOf(0, 15, 40),
    externalAmpaRateEHz: rateHz,
    externalGabaRateIHz: rateHz,
    scalingBeta: oneOf(0, 0.1),
    scaleFactorMaximum: oneOf(0, 1.05),
    rateErrorIntegralLimit: oneOf(0, 0.1),
    targetRateEHz: oneOf(0, 50),
    scaleInhibitoryCells: fc.boolean(),
    plasticityEndMs: oneOf(20, 1000),
    plasticIncrementEE: oneOf(0.001, 0.5),
    plasticIncrementEI: oneOf(0, 0.5),
    inhibitoryStdpIncrement: oneOf(0, 0.1),
    tripletPotentiation: oneOf(0, 0.1),
    intrinsicThresholdStepMv: oneOf(0, 1),
    rateDetectorTargetHz: oneOf(0, 10),
    magnesiumMm: oneOf(0, 1.6),
    reversalGabaMv: oneOf(-15, -2),
  },
  { requiredKeys: [] },
);

const actions: fc.WeightedArbitrary<Action>[] = [
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("advance"),
      byMs: fc.oneof(quarterMs(0, 20), double(0, 1), double(0, 40)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("inspect") }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("turnOnScaling") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("turnOffScaling") }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: oneOf("turnOnPlasticity", "turnOffPlasticity") }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore") }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("setStimuli"), without: fc.nat(3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("changeParameters"), changes: parameterChanges }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: oneOf("delete", "delete", "silence", "release"),
      cells: fc.array(fc.nat(29), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("reseed"), base: fc.nat(0xffffffff) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("setExternalFactor"),
      factor: fc.oneof(oneOf(0, 1), double(0.5, 2)),
    }),
  },
];

const death2014: fc.Arbitrary<Action> = fc.record({
  do: fc.constant("enableDeaths"),
  speed: oneOf(1e-3, 0.01, 1),
  rule: oneOf("published", "published", "intended"),
});

/** Changes that only the 2014 model knows. */
const actions2014: fc.WeightedArbitrary<Action>[] = [
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("setGrowthFactor"), factor: double(0.2, 2) }),
  },
  { weight: 1, arbitrary: death2014 },
];

/** Scenarios that reach every rule of the model, the rare and the extreme ones often. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  cellCounts: fc
    .tuple(
      fc.subarray(
        populations.map((_, index) => index),
        { minLength: 2, maxLength: 6 },
      ),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 6, maxLength: 6 }),
    )
    .map(([chosen, counts]) =>
      populations.map((_, index) => (chosen.includes(index) ? counts[chosen.indexOf(index)]! : 0)),
    ),
  synapses: fc.array(synapse, { maxLength: 160, size: "max" }),
  training: fc.array(trainingPlan, { maxLength: 40, size: "max" }),
  stimuli: fc.array(stimulusPlan, { maxLength: 2 }),
  parameters,
  schedule: scheduleOf(actions),
});

/** The same of the 2014 model, with activity that soon departs from its target, and cells that die. */
export const scenarios2014: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: scenarios,
    changes: fc.record({
      baselineDurationS: oneOf(1),
      learningDurationS: oneOf(0, 0, 1),
      sensorTimeConstantMs: oneOf(2, 10, 100),
      sensorDecay: oneOf("consistent"),
      scalingBeta: oneOf(0, 1e-3, 0.03),
      scalingGamma: oneOf(0, 1e-5),
    }),
    beginsMs: quarterMs(1, 40),
    death: death2014,
    schedule: scheduleOf([...actions, ...actions2014]),
  })
  .map(({ scenario, changes, beginsMs, death, schedule }) => ({
    ...scenario,
    model: "2014",
    parameters: { ...scenario.parameters, ...changes },
    schedule: [
      { do: "advance", byMs: beginsMs },
      { do: "turnOnScaling" },
      { do: "advance", byMs: 10 },
      death,
      { do: "advance", byMs: 25 },
      ...schedule,
    ],
  }));

/** Delays between columns: the model's limits, ones that make arrivals meet, extremes. */
const delayBetweenMs = fc.oneof(
  oneOf(3, 5),
  quarterMs(1, 6),
  double(3, 5),
  oneOf(0.05, 5.000_01, 40),
);

/** Several columns with the same streams or others, cells that die while their spikes are under way. */
export const scenariosOfColumns: fc.Arbitrary<Scenario> = fc
  .record({
    scenario: scenarios,
    columns: oneOf(2, 2, 3, 4),
    interColumn: fc.array(
      fc.record({
        presynaptic: fc.nat(99),
        postsynaptic: fc.nat(99),
        delayMs: delayBetweenMs,
        fastMv: weightMv,
        slowMv: fc.oneof(oneOf(0), double(0, 60)),
      }),
      { minLength: 20, maxLength: 160, size: "max" },
    ),
    sameSeedsInColumns: fc.boolean(),
  })
  .map(({ scenario, columns, interColumn, sameSeedsInColumns }) => ({
    ...scenario,
    columns,
    interColumn,
    parameters: { ...scenario.parameters, columnsX: columns, sameSeedsInColumns },
  }));

function scheduleOf(weighted: readonly fc.WeightedArbitrary<Action>[]): fc.Arbitrary<Action[]> {
  return fc.array(fc.oneof(...weighted), { minLength: 1, maxLength: 30, size: "max" });
}

/** What an engine is constructed from, for a scenario. */
export function scenarioInputs(scenario: Scenario): [Parameters, Network, Stimulus[]] {
  const network = scenarioNetwork(scenario);
  const parameters = {
    ...resolveParameters(scenario.parameters),
    ...(scenario.model && { model: scenario.model }),
  };
  return [parameters, network, scenarioStimuli(scenario, parameters, network)];
}

/** The network of a scenario: no autapses, at most one synapse from one cell to another. */
function scenarioNetwork({
  cellCounts,
  synapses: plans,
  columns = 1,
  interColumn = [],
}: Scenario): Network {
  const ranges = scenarioPopulations(cellCounts, columns);
  const cellCount = ranges.reduce((sum, range) => sum + range.cellCount, 0);
  const populationOfCell = new Uint16Array(cellCount);
  ranges.forEach(({ firstCell, cellCount: cells }, index) => {
    populationOfCell.fill(index, firstCell, firstCell + cells);
  });
  const classOf = (cell: number) => ranges[populationOfCell[cell]!]!.cellClass;

  const synapses = uniqueSynapses(plans, cellCount);
  const perColumn = cellCount / columns;
  const between = uniqueSynapses(interColumn, cellCount).filter(
    ({ presynaptic, postsynaptic }) =>
      Math.floor(presynaptic / perColumn) !== Math.floor(postsynaptic / perColumn),
  );
  return {
    cellCount,
    synapseCount: synapses.length,
    populations: ranges,
    populationOfCell,
    xUm: new Float64Array(cellCount),
    yUm: new Float64Array(cellCount),
    zUm: new Float64Array(cellCount),
    ...synapseLists(synapses, cellCount),
    distal: Uint8Array.from(synapses, ({ presynaptic }) => +(classOf(presynaptic) !== "FS")),
    slowWeightMv: Float64Array.from(synapses, ({ presynaptic, slowMv }) =>
      classOf(presynaptic) === "E" ? slowMv : 0,
    ),
    ...(columns > 1 && { interColumn: synapseLists(between, cellCount) }),
  };
}

/** No autapses, at most one synapse from one cell to another; by presynaptic cell and delay. */
function uniqueSynapses(plans: readonly SynapsePlan[], cellCount: number): SynapsePlan[] {
  const unique = new Map<string, SynapsePlan>();
  for (const plan of plans) {
    const presynaptic = plan.presynaptic % cellCount;
    const postsynaptic = plan.postsynaptic % cellCount;
    const pair = `${presynaptic} ${postsynaptic}`;
    if (presynaptic !== postsynaptic) unique.set(pair, { ...plan, presynaptic, postsynaptic });
  }
  return [...unique.values()].sort(
    (a, b) => a.presynaptic - b.presynaptic || a.delayMs - b.delayMs,
  );
}

const synapseLists = (synapses: readonly SynapsePlan[], cellCount: number) => ({
  firstSynapse: Uint32Array.from(
    { length: cellCount + 1 },
    (_, cell) => synapses.filter(({ presynaptic }) => presynaptic < cell).length,
  ),
  postsynaptic: Uint32Array.from(synapses, ({ postsynaptic }) => postsynaptic),
  delayMs: Float64Array.from(synapses, ({ delayMs }) => delayMs),
  fastWeightMv: Float64Array.from(synapses, ({ fastMv }) => fastMv),
  slowWeightMv: Float64Array.from(synapses, ({ slowMv }) => slowMv),
});

/** All thirteen populations of each column, many of them empty. */
function scenarioPopulations(cellCounts: readonly number[], columns: number): PopulationRange[] {
  let firstCell = 0;
  return Array.from({ length: columns }, (_, column) =>
    populations.map(({ name, cellClass, layer, originalType }, index) => {
      const cellCount = cellCounts[index]!;
      const range = { name, cellClass, layer, originalType, firstCell, cellCount };
      firstCell += cellCount;
      return columns === 1 ? range : { ...range, column };
    }),
  ).flat();
}

/** The training input of a scenario, and its other stimuli. */
function scenarioStimuli(
  { training, stimuli = [] }: Scenario,
  { trainingWeightMv }: Parameters,
  network: Network,
): Stimulus[] {
  const trained = { receptor: "ampaDistal", weightMv: trainingWeightMv, inputs: training } as const;
  return [trained, ...stimuli].map(({ receptor, weightMv, inputs }) => {
    const list = inputList(inputs, network);
    return {
      receptor,
      weightMv,
      *inputs(fromMs) {
        for (const input of listedInputs(list, fromMs)) {
          // Some inputs have weights of their own, and some of these are 0.
          const isOwn = inputs !== training && input.cell % 3 === 0;
          yield isOwn ? { ...input, weightMv: weightMv * (input.cell % 2) } : input;
        }
      },
    };
  });
}

/** Inputs in order of time; those at one time keep their order. */
function inputList(plans: readonly TrainingPlan[], { cellCount }: Network) {
  const entries = plans
    .flatMap(({ timeMs, cell, inputs }) =>
      Array.from({ length: inputs }, (_, k) => ({ timeMs: timeMs + 1.25 * k, cell })),
    )
    .toSorted((a, b) => a.timeMs - b.timeMs);
  return {
    timesMs: Float64Array.from(entries, ({ timeMs }) => timeMs),
    cells: entries.map(({ cell }) => cell % cellCount),
  };
}
