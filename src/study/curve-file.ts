import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { numberJson, parseNumberJson } from "../encoding/number-json.ts";
import { type FileChecksums, textChecksum } from "../encoding/sealed-json.ts";
import { curveNames, type RunCurves } from "../measures/curves.ts";
import { FolderStore } from "../store/run-folder.ts";

/** In a task's run directory. */
export const CURVES_FILE = "curves.json";

/** Significant digits that are kept of values. */
const KEPT_DIGITS = 7;

/** Keeps a run's curves in its directory; the checksum of the file. */
export function writeRunCurves(directory: string, curves: RunCurves): FileChecksums {
  const rounded = (values: Float64Array) =>
    Array.from(values, (value) => Number(value.toPrecision(KEPT_DIGITS)));
  const contents = Object.entries(curves).map(([name, { timesMs, values }]) => [
    name,
    { timesMs: [...timesMs], values: rounded(values) },
  ]);
  const text = `${numberJson(Object.fromEntries(contents))}\n`;
  new FolderStore(directory).replace(CURVES_FILE, new TextEncoder().encode(text));
  return { [CURVES_FILE]: textChecksum(text) };
}

const curveSchema = z.object({
  timesMs: z.array(z.number()),
  /** Version 0.2.0 wrote null for what is not finite. */
  values: z.array(z.custom<number | null>((value) => typeof value === "number" || value === null)),
});

/** A run's curves as they were kept. */
export function readRunCurves(directory: string): RunCurves {
  const contents = parseNumberJson(readFileSync(join(directory, CURVES_FILE), "utf8"));
  const curves = z.record(z.enum(curveNames), curveSchema).parse(contents);
  return Object.fromEntries(
    curveNames.map((name) => {
      const { timesMs, values } = curves[name];
      return [
        name,
        {
          timesMs: Float64Array.from(timesMs),
          values: Float64Array.from(values, (value) => value ?? Number.NaN),
        },
      ];
    }),
  ) as RunCurves;
}
