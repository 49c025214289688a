import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { numberJson, parseNumberJson } from "../recording/number-json.ts";
import { type FileChecksums, textChecksum } from "../recording/sealed-json.ts";
import { FolderStore } from "../store/run-folder.ts";

/** What is kept of a run's course: each quantity against time. */
export const curveDefinitions = {
  activityEHz: { title: "Activity of E cells", axisLabel: "Activity (Hz)" },
  activityIHz: { title: "Activity of I cells", axisLabel: "Activity (Hz)" },
  rateEHz: { title: "Rate of E cells", axisLabel: "Rate (Hz)" },
  rateIHz: { title: "Rate of I cells", axisLabel: "Rate (Hz)" },
  scaleFactorE: { title: "Scale factor of E cells", axisLabel: "Scale factor" },
  gainEE: { title: "Plastic gain of E→E synapses", axisLabel: "Gain" },
  livingCells: { title: "Living cells", axisLabel: "Cells" },
} as const;

export type CurveName = keyof typeof curveDefinitions;

export const curveNames = Object.keys(curveDefinitions) as CurveName[];

/** One quantity at successive times. */
export interface Curve {
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
}

export type RunCurves = Readonly<Record<CurveName, Curve>>;

/** In a task's run directory. */
export const CURVES_FILE = "curves.json";

/** Points that are kept of a curve: more than a picture of a page's width can show. */
const MOST_POINTS = 400;

/** Significant digits that are kept of values. */
const KEPT_DIGITS = 7;

/**
 * A curve of at most 400 points: the means of so many neighbouring points, of times as well as of
 * values. Curves of the same times stay so.
 */
export function thinned({ timesMs, values }: Curve): Curve {
  const perPoint = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const means = (all: Float64Array) =>
    Float64Array.from({ length: Math.ceil(all.length / perPoint) }, (_, point) => {
      const members = all.subarray(point * perPoint, (point + 1) * perPoint);
      return members.reduce((sum, value) => sum + value, 0) / members.length;
    });
  return { timesMs: means(timesMs), values: means(values) };
}

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
