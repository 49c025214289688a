import {
  DEATH,
  DEATH_DRAW,
  DEATH_DRAWS,
  DEATH_PROBABILITY,
  DEATH_RULE,
  DEATH_SPEED,
  DEATH_STREAM,
  DIED_AT,
  GROWTH_FACTOR,
  INTENDED_DEATH,
  PUBLISHED_DEATH,
} from "../kernel/arrival-state.ts";
import { mcellRan4 } from "../random/mcell-ran4.ts";
import type { Death, DeathRule } from "./contract.ts";
import type { EngineMemory } from "./layout.ts";

/* Growth and dynamic death of the 2014 model, as they stand in the engine's memory. */

export function setGrowthFactor({ state }: EngineMemory, factor: number): void {
  state["homeostasis"]![GROWTH_FACTOR] = factor;
}

export function enableDeaths(
  { state }: EngineMemory,
  speed: number,
  streamLow: number,
  rule: DeathRule,
): void {
  const numbers = state["homeostasis"]!;
  numbers[DEATH_RULE] = rule === "published" ? PUBLISHED_DEATH : INTENDED_DEATH;
  numbers[DEATH_SPEED] = speed;
  numbers[DEATH_STREAM] = streamLow;
}

export function deathDraws({ state }: EngineMemory): number {
  return state["homeostasis"]?.[DEATH_DRAWS] ?? 0;
}

/** Deaths so far, in the order of their draws. */
export function deaths({ state, active }: EngineMemory): readonly Death[] {
  const { death, homeostasis } = state;
  if (!death) return [];
  const died: number[] = [];
  for (let cell = 0; cell < active.length; cell++) {
    if (death[DEATH * cell + DIED_AT]! < Infinity) died.push(cell);
  }
  const numberOf = (cell: number) => death[DEATH * cell + DEATH_DRAW]!;
  return died
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .map((cell) => ({
      timeMs: death[DEATH * cell + DIED_AT]!,
      cell,
      draw: mcellRan4(numberOf(cell), homeostasis![DEATH_STREAM]!) / 0x100000000,
      probability: death[DEATH * cell + DEATH_PROBABILITY]!,
    }));
}
