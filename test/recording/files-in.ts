import { runFiles } from "../../src/recording/run-files.ts";
import type { RunStore } from "../../src/recording/run-store.ts";

/** Files of a record that a store holds: not every run has all. */
export const filesIn = (store: RunStore): string[] =>
  Object.values(runFiles).filter((path) => store.size(path) !== undefined);
