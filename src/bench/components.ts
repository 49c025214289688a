import type { ParameterOverrides } from "../model/parameters.ts";
import { Contender, nsPerEvent, type Slice, timeInTurn, withContenders } from "./contender.ts";
import type { BenchmarkOptions } from "./options.ts";
import { type Spread, spread } from "./spread.ts";

/** Parts of the work, in the order in which an event meets them. */
export const components = [
  "external input",
  "homeostasis",
  "arrivals and axons",
  "STDP",
  "recording",
] as const;

export type Component = (typeof components)[number];

export interface ComponentReport {
  readonly kind: "components";
  /** Of the published training, recorded: the sum of its components. */
  readonly nsPerEvent: Spread;
  readonly components: Readonly<Record<Component, Spread>>;
}

const SETTLE_MS = 3000;
const SLICE_MS = 2000;

/**
 * The same run with less and less in it. No part can be timed alone within a loop of some 30 ns, but
 * each can be left out.
 */
function variants(repeats: number) {
  const plastic: ParameterOverrides = {
    protocol: "training",
    scaling: true,
    scalingStartMs: 1000,
    baselineDurationS: 1,
    learningDurationS: (SETTLE_MS + SLICE_MS * (repeats + 1)) / 1000,
  };
  const unlearning: ParameterOverrides = { ...plastic, plasticityStartMs: 0, plasticityEndMs: 0 };
  const unscaled: ParameterOverrides = { ...unlearning, scaling: false };
  /** Nothing fires. */
  const quiet: ParameterOverrides = { ...unscaled, externalGain: 1 };
  return {
    recorded: plastic,
    plastic,
    unlearning,
    unscaled,
    quiet,
  } as const satisfies Record<string, ParameterOverrides>;
}

type Variant = keyof ReturnType<typeof variants>;

/** Times the components of the published training. */
export function runComponents(options: BenchmarkOptions): Promise<ComponentReport> {
  const create = Object.fromEntries(
    Object.entries<ParameterOverrides>(variants(options.repeats)).map(([variant, overrides]) => [
      variant,
      () => Contender.create(overrides, options.signal, { recorded: variant === "recorded" }),
    ]),
  ) as Record<Variant, () => Promise<Contender>>;
  return withContenders(create, async (contenders) => {
    for (const contender of Object.values(contenders)) await contender.advance(SETTLE_MS);
    const rounds = await timeInTurn(contenders, SLICE_MS, options);
    const parts = rounds.map(componentsOf);
    return {
      kind: "components",
      nsPerEvent: spread(rounds.map(({ recorded }) => nsPerEvent(recorded))),
      components: Object.fromEntries(
        components.map((component) => [component, spread(parts.map((part) => part[component]))]),
      ) as Record<Component, Spread>,
    };
  });
}

/** Cost of each component, ns per event of the whole; together, what the whole costs. */
function componentsOf(slices: Readonly<Record<Variant, Slice>>): Record<Component, number> {
  const { recorded, plastic, unlearning, unscaled, quiet } = slices;
  const quietShare = eventsHz(quiet) / eventsHz(unscaled);
  const withoutAxons = quietShare * nsPerEvent(quiet);
  return {
    "external input": withoutAxons,
    homeostasis: nsPerEvent(unlearning) - nsPerEvent(unscaled),
    "arrivals and axons": nsPerEvent(unscaled) - withoutAxons,
    STDP: nsPerEvent(plastic) - nsPerEvent(unlearning),
    recording: nsPerEvent(recorded) - nsPerEvent(plastic),
  };
}

const eventsHz = ({ cellEvents, simulatedMs }: Slice): number => (1000 * cellEvents) / simulatedMs;
