import { inputSeeds } from "../model/column-grid.ts";
import { sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import { cellClasses } from "../model/populations.ts";
import type { Network } from "../network/construction.ts";
import { externalStreams } from "../network/external-streams.ts";
import { columnCountOf } from "../network/population-ranges.ts";
import { createKernel, createKernelMemory, type Kernel } from "./compiled-kernel.ts";
import { fillConstants, fillServed } from "./constants.ts";
import type { ExternalInput } from "./external-input.ts";
import { initializeState } from "./initial-state.ts";
import { createEngineMemory, type EngineMemory } from "./layout.ts";
import type { EnginePart } from "./part.ts";
import { fillRules } from "./rule-filling.ts";
import { governingRules, ruleStateOf } from "./rule-tables.ts";
import { type EngineSettings, engineSettings } from "./settings.ts";
import { arrivalState, departureState, publishedState, type StateArrays } from "./state-arrays.ts";
import { timeWindows } from "./windows.ts";

export interface EngineOptions {
  /** An upper limit of the windows in which time is served, ms; results do not depend on it. */
  readonly longestWindowMs?: number;
  /** Arrays of state besides the published ones. */
  readonly state?: StateArrays;
}

/** Components of an engine, while its parameters are constant. */
export interface EngineCore {
  readonly parameters: Parameters;
  readonly memory: EngineMemory;
  readonly input: ExternalInput;
  readonly settings: EngineSettings;
  readonly kernel: Kernel;
  /** Columns of the network. */
  readonly columns: number;
  /** Part of the network that is served, with engines that serve the others; undefined for all. */
  readonly part: EnginePart | undefined;
}

/** Time at which STDP acts, both ends included. */
export type PlasticityPeriod = Pick<EngineSettings, "plasticityStartMs" | "plasticityEndMs">;

/** Makes an engine's core in the state of the start of a run. */
export function createCore(
  parameters: Parameters,
  network: Network,
  { longestWindowMs, state }: EngineOptions,
  {
    part,
    plasticity,
  }: Partial<Pick<EngineCore, "part">> & { plasticity?: PlasticityPeriod | undefined } = {},
): EngineCore {
  const streams = externalStreams(parameters, network);
  const windows = timeWindows(network, streams, longestWindowMs);
  const governing = governingRules(parameters, network);
  const memory = createEngineMemory(
    network,
    windows,
    {
      ...publishedState,
      ...(network.interColumn && departureState),
      ...(sensesArrivals(parameters) && arrivalState),
      ...ruleStateOf(parameters),
      ...state,
    },
    governing?.filter((rule) => rule > 0).length ?? null,
    createKernelMemory,
  );
  fillConstants(memory, parameters, network, streams);
  const columns = columnCountOf(network);
  fillServed(memory, part, columns);
  fillRules(memory, parameters, governing);
  const input = { memory, streams, inputSeeds: inputSeeds(parameters) };
  initializeState(input);
  return withPlasticity(
    { parameters, memory, input, columns, part },
    { ...engineSettings(parameters, windows), ...plasticity },
  );
}

/** A core with these settings, of which the time of STDP may differ from the parameters'. */
export function withPlasticity(
  core: Omit<EngineCore, "settings" | "kernel">,
  settings: EngineSettings,
): EngineCore {
  const { memory, part, columns } = core;
  const obstacle = part && obstacleToParts({ memory, settings });
  if (obstacle) throw new RangeError(`This network cannot be served in parts: ${obstacle}.`);
  return { ...core, settings, kernel: createKernel(memory, settings, part, columns) };
}

/** A core that serves another part of the network, or all of it. */
export function withPart(core: EngineCore, part: EnginePart | undefined): EngineCore {
  fillServed(core.memory, part, core.columns);
  return withPlasticity({ ...core, part }, core.settings);
}

/** Reason why a network cannot be served in parts: its spikes can change gains that arrivals in the same window still read. */
export function obstacleToParts({
  memory: { overtakable },
  settings,
}: Pick<EngineCore, "memory" | "settings">): string | undefined {
  const { plasticityStartMs, plasticityEndMs, sensesArrivals, plasticityRules } = settings;
  const learns = plasticityStartMs <= plasticityEndMs;
  if (sensesArrivals && (learns || plasticityRules)) {
    return "it learns, and its homeostasis senses arrivals of all cells, whose gains no part knows";
  }
  if (!learns || !overtakable.includes(1)) return undefined;
  return (
    "it learns, and its E cells have axonal delays longer than their refractory period, " +
    `${cellClasses.E.refractoryPeriodMs} ms`
  );
}
