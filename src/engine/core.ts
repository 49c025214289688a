import { sensesArrivals } from "../model/homeostasis.ts";
import type { Parameters } from "../model/parameters.ts";
import { cellClasses } from "../model/populations.ts";
import type { Network } from "../network/construction.ts";
import { externalStreams } from "../network/external-streams.ts";
import { createKernel, createKernelMemory, type Kernel } from "./compiled-kernel.ts";
import { fillConstants } from "./constants.ts";
import type { ExternalInput } from "./inheritance.ts";
import { initializeState } from "./initial-state.ts";
import { createEngineMemory, type EngineMemory } from "./layout.ts";
import type { EnginePart, PartNeeds } from "./part.ts";
import { fillRules } from "./rule-filling.ts";
import { governingRules, ruleStateOf } from "./rule-tables.ts";
import { type EngineSettings, engineSettings } from "./settings.ts";
import { arrivalState, publishedState, type StateArrays } from "./state-arrays.ts";
import { timeWindows } from "./windows.ts";

export interface EngineOptions {
  /** An upper limit of the windows in which time is served, ms; results do not depend on it. */
  readonly longestWindowMs?: number;
  /** Part of the network to simulate, with engines that simulate the others; all by default. */
  readonly part?: (needs: PartNeeds) => EnginePart;
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
  readonly part: EnginePart | undefined;
}

/** Time at which STDP acts, both ends included. */
export type PlasticityPeriod = Pick<EngineSettings, "plasticityStartMs" | "plasticityEndMs">;

/** Makes an engine's core in the state of the start of a run. */
export function createCore(
  parameters: Parameters,
  network: Network,
  { longestWindowMs, part: partFor, state }: EngineOptions,
  plasticity: Partial<PlasticityPeriod> = {},
): EngineCore {
  const { inputSeed } = parameters;
  const streams = externalStreams(parameters, network);
  const windows = timeWindows(network, streams, longestWindowMs);
  const governing = governingRules(parameters, network);
  const memory = createEngineMemory(
    network,
    windows,
    {
      ...publishedState,
      ...(sensesArrivals(parameters) && arrivalState),
      ...ruleStateOf(parameters),
      ...state,
    },
    governing?.filter((rule) => rule > 0).length ?? null,
    createKernelMemory,
  );
  const { spikeCapacity } = windows;
  const part = partFor?.({ spikeCapacity, stateBytes: memory.stateBytes.length });
  fillConstants(memory, parameters, network, streams, part);
  fillRules(memory, parameters, governing);
  initializeState(memory, inputSeed, streams);
  const input = { memory, streams, inputSeed };
  return withPlasticity(
    { parameters, memory, input, part },
    { ...engineSettings(parameters, windows), ...plasticity },
  );
}

/** A core with these settings, of which the time of STDP may differ from the parameters'. */
export function withPlasticity(
  core: Omit<EngineCore, "settings" | "kernel">,
  settings: EngineSettings,
): EngineCore {
  const { memory, part } = core;
  if (part) checkDivisible(memory, settings);
  return { ...core, settings, kernel: createKernel(memory, settings, part) };
}

/** @throws {RangeError} when spikes can change gains that arrivals in the same window still read */
function checkDivisible({ overtakable }: EngineMemory, settings: EngineSettings): void {
  const { plasticityStartMs, plasticityEndMs, sensesArrivals, plasticityRules } = settings;
  const learns = plasticityStartMs <= plasticityEndMs;
  if (sensesArrivals && (learns || plasticityRules)) {
    throw new RangeError(
      "This network cannot be served in parts: it learns, and its homeostasis senses arrivals of " +
        "all cells, whose gains no part knows. Use one thread, or no plasticity.",
    );
  }
  if (!learns || !overtakable.includes(1)) return;
  throw new RangeError(
    "This network cannot be served in parts: it learns, and its E cells have axonal delays " +
      `longer than their refractory period, ${cellClasses.E.refractoryPeriodMs} ms.`,
  );
}
