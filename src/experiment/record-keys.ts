import type * as z from "zod";
import type { PlaceProblem } from "../document/schema-problems.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import type { Experiment } from "./definition.ts";
import { readPotentials } from "./potentials.ts";
import { checkGainTimes } from "./schedule.ts";
import type { recordSchema } from "./schema.ts";

type RecordKeys = z.infer<typeof recordSchema>;

/** The samples that a file asks for, as parameters have them. */
export const samplingOverrides = ({ samples }: RecordKeys = {}): ParameterOverrides => ({
  ...(samples?.from !== undefined && { samplingStartMs: samples.from }),
  ...(samples?.every !== undefined && { samplingIntervalMs: samples.every }),
});

/**
 * Other recordings in a file's `record`, and their problems.
 *
 * @param startMs where the record begins
 */
export function readRecord(
  { gains, potentials: asked }: RecordKeys,
  parameters: Parameters,
  startMs = 0,
): Pick<Experiment, "gainTimesMs" | "potentials"> & { readonly problems: readonly PlaceProblem[] } {
  const potentials = asked && readPotentials(asked, parameters, startMs);
  const problems = potentials?.problems ?? [];
  return {
    ...(gains && { gainTimesMs: gains }),
    ...(potentials?.schedule && { potentials: potentials.schedule }),
    problems: [
      ...gainProblems(parameters, gains, startMs),
      ...problems.map(({ path, message }) => ({ path: ["potentials", ...path], message })),
    ],
  };
}

function gainProblems(
  parameters: Parameters,
  timesMs: readonly number[] | undefined,
  startMs: number,
): PlaceProblem[] {
  try {
    checkGainTimes(parameters, timesMs, startMs);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ path: ["gains"], message: error.message }];
  }
}
