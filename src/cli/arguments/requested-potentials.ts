import { DocumentError } from "../../document/error.ts";
import { YamlDocument } from "../../document/yaml.ts";
import { PotentialsError, potentialSchedule } from "../../experiment/potentials.ts";
import type { Parameters } from "../../model/parameters.ts";
import {
  type PotentialSchedule,
  potentialBytes,
  readingCount,
} from "../../recording/potentials.ts";
import { bytesText, countText, NOTED_BYTES } from "../../terminal/quantities.ts";
import { UsageError } from "../failure.ts";

/**
 * Schedule of the potentials that --record-potentials asks for.
 *
 * @param startMs where the record begins
 * @throws {UsageError} when what was asked for is not possible
 */
export function requestedPotentials(
  text: string,
  parameters: Parameters,
  startMs: number,
): PotentialSchedule {
  try {
    const { value } = new YamlDocument(`{${text}}`, "--record-potentials");
    const schedule = potentialSchedule(value, parameters, startMs);
    noteSize(schedule, startMs);
    return schedule;
  } catch (error) {
    if (error instanceof DocumentError) {
      const form = "cells: E5R, every: 1 ms, from: 10 s, until: 12 s";
      throw new UsageError(`--record-potentials: expected text such as "${form}"; got "${text}".`);
    }
    if (!(error instanceof PotentialsError)) throw error;
    throw new UsageError(error.message.replace(/^/gm, "--record-potentials: "));
  }
}

function noteSize(schedule: PotentialSchedule, startMs: number): void {
  const bytes = potentialBytes(schedule, startMs);
  if (bytes < NOTED_BYTES) return;
  const readings = readingCount(schedule) - readingCount(schedule, startMs);
  const what = `potentials of ${countText(schedule.cells.length)} cells at ${countText(readings)} times`;
  process.stderr.write(`note: ${what} take about ${bytesText(bytes)}.\n`);
}
