/** Time courses kept of a run: each quantity against time. */
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

/** Points that are kept of a curve: more than a picture of a page's width can show. */
const MOST_POINTS = 400;

/**
 * A curve of at most 400 points: the means of so many neighbouring points, of times as well as of
 * values. Curves of the same times stay so, also where some end before the others.
 *
 * @param durationMs planned end of the run, up to which the curve would go on as it is
 */
export function thinned({ timesMs, values }: Curve, durationMs: number): Curve {
  const { length } = values;
  // The last bin of rates may be narrower.
  const spacingMs = timesMs[1]! - timesMs[0]!;
  const missing = length < 2 ? 0 : Math.ceil((durationMs - timesMs[length - 1]!) / spacingMs) - 1;
  const perPoint = Math.max(1, Math.ceil((length + Math.max(0, missing)) / MOST_POINTS));
  const means = (all: Float64Array) =>
    Float64Array.from({ length: Math.ceil(length / perPoint) }, (_, point) => {
      const members = all.subarray(point * perPoint, (point + 1) * perPoint);
      return members.reduce((sum, value) => sum + value, 0) / members.length;
    });
  return { timesMs: means(timesMs), values: means(values) };
}
