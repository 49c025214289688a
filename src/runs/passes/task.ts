import type { MessagePort } from "node:worker_threads";
import type { PassArguments, PassKind } from "./kinds.ts";

/** Task of a thread that reads a recorded run by itself. */
export interface PassTask<Kind extends PassKind = PassKind> {
  readonly directory: string;
  readonly kind: Kind;
  readonly request: PassArguments<Kind>;
  /** Two integers of 32 bits: 1 once all is done or has failed, and how far it is. */
  readonly progress: SharedArrayBuffer;
  /** Takes the outcome. */
  readonly port: MessagePort;
}

/** Result of a thread, or why it has none. */
export type PassOutcome<Result> = { readonly result: Result } | { readonly failure: string };

export const [DONE, AT] = [0, 1];
