import type { SimulationState } from "../../src/recording/checkpoint.ts";

/** A state with its bytes as text, which is compared much faster than an array. */
export const stateText = ({ engine, ...state }: SimulationState) => ({
  ...state,
  engine: Buffer.from(engine).toString("latin1"),
});
