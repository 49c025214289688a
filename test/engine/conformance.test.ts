import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Engine } from "../../src/engine/driver.ts";
import type { Network } from "../../src/network/construction.ts";
import { counts, describeConformance, type Observations, observeReference } from "./conformance.ts";
import {
  type Scenario,
  scenarioInputs,
  scenarios,
  scenarios2014,
  scenariosOfColumns,
} from "./random-networks.ts";

describeConformance("the compiled engine", (...inputs) => new Engine(...inputs));

describeConformance("the compiled engine with short windows", (...inputs) => {
  return new Engine(...inputs, { longestWindowMs: 0.2 });
});

describe("random scenarios", () => {
  const sample = fc.sample(scenarios, { seed: 147141, numRuns: 300 }).map(happenings);

  /** Names of what the model can do, and how many of the sampled scenarios must do it. */
  it.each([
    ["spikes", 100],
    ["simultaneousSpikes", 20],
    ["rapidSpikes", 20],
    ["overlappingChains", 20],
    ["depolarizationBlocks", 50],
    ["potentiatedGains", 20],
    ["depressedGains", 20],
    ["extinguishedGains", 10],
    ["plasticGainsOntoInhibition", 10],
    ["scaledUp", 10],
    ["scaledDown", 10],
    ["scaledInhibition", 10],
    ["deathsInMidFlight", 20],
    ["inhibitoryGains", 10],
    ["limitedScaleFactors", 5],
    ["explicitTargets", 10],
    ["releasedCells", 10],
    ["changedParameters", 50],
  ] as const)("show %s, %i times in 300", (name, atLeast) => {
    expect(sample.filter((happened) => happened[name]).length).toBeGreaterThanOrEqual(atLeast);
  });

  const sample2014 = fc.sample(scenarios2014, { seed: 154096, numRuns: 300 }).map(happenings);

  it.each([
    ["dynamicDeaths", 60],
    ["deathsInTheMiddle", 60],
    ["dynamicDeathsInMidFlight", 20],
    ["simultaneousDeaths", 3],
    ["lastSpikes", 10],
    ["survivorsOfDraws", 20],
    ["scaledUp", 20],
    ["scaledDown", 20],
    ["potentiatedGains", 20],
    ["inhibitoryGains", 5],
  ] as const)("of the 2014 model show %s, %i times in 300", (name, atLeast) => {
    expect(sample2014.filter((happened) => happened[name]).length).toBeGreaterThanOrEqual(atLeast);
  });
});

describe("random scenarios of several columns", () => {
  const sample = fc.sample(scenariosOfColumns, { seed: 147_142, numRuns: 150 }).map(meetings);

  it.each([
    ["arrivals", 60],
    ["simultaneousSpikes", 20],
    ["arrivalsFromTheDead", 5],
    ["arrivalsAtTheDead", 10],
    ["simultaneousArrivals", 20],
  ] as const)("show %s, %i times in 150", (name, atLeast) => {
    expect(sample.filter((happened) => happened[name]).length).toBeGreaterThanOrEqual(atLeast);
  });
});

/** What happened between the columns of one scenario. */
function meetings(scenario: Scenario) {
  const inputs = scenarioInputs(scenario);
  const { cellCount, interColumn } = inputs[1];
  const observations = observeReference(scenario);
  const timesMs = Array.from(observations.get("spike times")!);
  const cells = Array.from(observations.get("spike cells")!);
  const columnOf = (cell: number) => Math.floor((cell * scenario.columns!) / cellCount);
  const diedMs = new Map<number, number>();
  let nowMs = 0;
  for (const action of scenario.schedule) {
    if (action.do === "advance") nowMs += action.byMs;
    if (action.do !== "delete") continue;
    for (const cell of action.cells.map((k) => k % cellCount)) {
      if (!diedMs.has(cell)) diedMs.set(cell, nowMs);
    }
  }
  const { firstSynapse, postsynaptic, delayMs } = interColumn!;
  const arrivals = timesMs
    .flatMap((firedMs, k) => {
      const sender = cells[k]!;
      return Array.from({ length: firstSynapse[sender + 1]! - firstSynapse[sender]! }, (_, j) => {
        const synapse = firstSynapse[sender]! + j;
        return { sender, cell: postsynaptic[synapse]!, timeMs: firedMs + delayMs[synapse]! };
      });
    })
    .filter(({ timeMs }) => timeMs < nowMs);
  const isDead = (cell: number, timeMs: number) => timeMs >= (diedMs.get(cell) ?? Infinity);
  return {
    arrivals: arrivals.length > 0,
    simultaneousSpikes: timesMs.some(
      (timeMs, k) => timeMs === timesMs[k + 1] && columnOf(cells[k]!) !== columnOf(cells[k + 1]!),
    ),
    arrivalsFromTheDead: arrivals.some(
      ({ sender, cell, timeMs }) => isDead(sender, timeMs) && !isDead(cell, timeMs),
    ),
    arrivalsAtTheDead: arrivals.some(({ cell, timeMs }) => isDead(cell, timeMs)),
    simultaneousArrivals: new Set(arrivals.map(({ timeMs }) => timeMs)).size < arrivals.length,
  };
}

/** What happened in one scenario, as the reference engine runs it. */
function happenings(scenario: Scenario) {
  const inputs = scenarioInputs(scenario);
  const observations = observeReference(scenario);
  const atEnd = (quantity: string) => Array.from(observations.get(`finally: ${quantity}`)!);
  const scaleFactors = atEnd("scaleFactor");
  return {
    releasedCells: releasesCells(scenario, inputs[1]),
    changedParameters: scenario.schedule.some((action) => action.do === "changeParameters"),
    ...firingPatterns(scenario, inputs[1], observations),
    ...dyingPatterns(inputs[1], observations),
    ...gainChanges(inputs[1], atEnd("plasticGains")),
    depolarizationBlocks: atEnd("blockCount").some((count) => count > 0),
    scaledUp: scaleFactors.some((scale) => scale > 1.01),
    scaledDown: scaleFactors.some((scale) => scale < 0.99),
    inhibitoryGains: inputs[1].firstSynapse.some((first, cell) => {
      if (cell === inputs[1].cellCount || isExcitatory(inputs[1], cell)) return false;
      const end = inputs[1].firstSynapse[cell + 1]!;
      return atEnd("plasticGains")
        .slice(first, end)
        .some((gain) => gain !== 1);
    }),
    limitedScaleFactors: scaleFactors.some((scale) => [0.9, 1.05, 1.1].includes(scale)),
    explicitTargets: atEnd("targetRateKhz").some((rateKhz) => [0.02, 0.05, 0.1].includes(rateKhz)),
    scaledInhibition: scaleFactors.some((scale, k) => scale !== 1 && !isExcitatory(inputs[1], k)),
  };
}

/** Whether a cell is silenced, and released at a later time. */
function releasesCells({ schedule }: Scenario, { cellCount }: Network): boolean {
  const silencedAt = new Map<number, number>();
  let nowMs = 0;
  for (const action of schedule) {
    if (action.do === "advance") nowMs += action.byMs;
    if (action.do !== "silence" && action.do !== "release") continue;
    for (const cell of action.cells.map((k) => k % cellCount)) {
      if (action.do === "silence") silencedAt.set(cell, nowMs);
      else if ((silencedAt.get(cell) ?? Infinity) < nowMs) return true;
    }
  }
  return false;
}

function firingPatterns({ schedule }: Scenario, network: Network, observations: Observations) {
  const timesMs = Array.from(observations.get("spike times")!);
  const cells = Array.from(observations.get("spike cells")!);
  const longestDelayMs = (cell: number) =>
    network.delayMs.slice(network.firstSynapse[cell], network.firstSynapse[cell + 1]).at(-1) ?? 0;
  const firesAgainWithin = (periodMs: (cell: number) => number) =>
    timesMs.some((timeMs, k) => {
      const next = cells.indexOf(cells[k]!, k + 1);
      return next > 0 && timesMs[next]! - timeMs < periodMs(cells[k]!);
    });
  const hasChainUnderWay = (cell: number, nowMs: number) =>
    timesMs.some(
      (timeMs, k) => cells[k] === cell && timeMs < nowMs && timeMs + longestDelayMs(cell) > nowMs,
    );

  let nowMs = 0;
  let deathsInMidFlight = false;
  for (const action of schedule) {
    if (action.do === "advance") nowMs += action.byMs;
    if (action.do !== "delete") continue;
    deathsInMidFlight ||= action.cells.some((k) => hasChainUnderWay(k % network.cellCount, nowMs));
  }
  return {
    spikes: timesMs.length > 0,
    simultaneousSpikes: timesMs.some((timeMs, k) => timeMs === timesMs[k + 1]),
    rapidSpikes: firesAgainWithin(() => 2),
    overlappingChains: firesAgainWithin(longestDelayMs),
    deathsInMidFlight,
  };
}

/** What dynamic deaths there were: [time, cell, draw, probability, time, …]. */
function dyingPatterns(network: Network, observations: Observations) {
  const deaths = Array.from(observations.get("finally: deaths")!);
  const entries = deaths.flatMap((timeMs, k) => (k % 4 === 0 ? [[timeMs, deaths[k + 1]!]] : []));
  const spikeTimesMs = Array.from(observations.get("spike times")!);
  const spikes = Array.from(observations.get("spike cells")!, (cell, k) => [
    spikeTimesMs[k]!,
    cell,
  ]);
  const longestDelayMs = (cell: number) =>
    network.delayMs.slice(network.firstSynapse[cell], network.firstSynapse[cell + 1]).at(-1) ?? 0;
  const fires = (within: (sinceMs: number, cell: number) => boolean) =>
    entries.some(([timeMs, cell]) =>
      spikes.some(([spikeMs, other]) => other === cell && within(timeMs! - spikeMs!, cell!)),
    );
  const draws = Array.from(observations.get(`finally: ${counts}`)!).at(-1)!;
  return {
    dynamicDeaths: entries.length > 0,
    deathsInTheMiddle: entries.some(([timeMs]) => timeMs! % 1 !== 0),
    dynamicDeathsInMidFlight: fires(
      (sinceMs, cell) => sinceMs > 0 && sinceMs < longestDelayMs(cell),
    ),
    simultaneousDeaths: entries.some(([timeMs], k) => timeMs === entries[k + 1]?.[0]),
    lastSpikes: fires((sinceMs) => sinceMs === 0),
    survivorsOfDraws: draws > 2 * entries.length,
  };
}

function gainChanges(network: Network, gains: readonly number[]) {
  return {
    potentiatedGains: gains.some((gain) => gain > 1),
    depressedGains: gains.some((gain) => gain < 1),
    extinguishedGains: gains.some((gain) => gain === 0),
    plasticGainsOntoInhibition: gains.some(
      (gain, synapse) => gain !== 1 && !isExcitatory(network, network.postsynaptic[synapse]!),
    ),
  };
}

function isExcitatory({ populations, populationOfCell }: Network, cell: number): boolean {
  return populations[populationOfCell[cell]!]!.cellClass === "E";
}
