import type { DistributionSummary } from "../analysis/statistics/distribution.ts";
import type {
  ComparedRun,
  Difference,
  EntryDifference,
  RunComparison,
} from "../measures/comparison.ts";
import type { ComparedDistributions } from "../measures/spike-comparison.ts";
import type { ComparedState } from "../measures/state-comparison.ts";
import { entryLine } from "../timeline/entry-line.ts";
import { onsetText, ratesText } from "./activity.ts";
import { countText, secondsText, shortNumber } from "./quantities.ts";
import {
  excursionLines,
  numberSection,
  populationText,
  rangeText,
  stateNumber,
  threeDecimals,
} from "./statistics-sections.ts";

type NamedRun = ComparedRun & { readonly directory: string };

/** A comparison of two runs that can be named. */
export interface NamedComparison extends RunComparison {
  readonly a: NamedRun;
  readonly b: NamedRun;
}

/** A comparison as people read it. */
export function comparisonText(comparison: NamedComparison): string {
  const { interval, parameters, timeline, network, scaleFactors, plasticGains } = comparison;
  const compared = `${secondsText(interval.startMs)} to ${secondsText(interval.endMs)}`;
  return [
    runLine("A", comparison.a),
    runLine("B", comparison.b),
    `compared    ${compared}\n`,
    ...activityLines("A", comparison.a),
    ...activityLines("B", comparison.b),
    ...rangeLines("A", comparison.a),
    ...rangeLines("B", comparison.b),
    `spikes      ${spikesText(comparison)}\n`,
    `parameters  ${differencesText(parameters)}\n`,
    `timeline    ${differencesText(timeline)}\n`,
    `network     ${differencesText(network)}\n`,
    differenceTable("differs", [...parameters, ...network]),
    ...timeline.map(entryLines),
    ratesTable(comparison),
    groupsTable(comparison),
    spectraTable(comparison),
    stateTable("scale factors", scaleFactors),
    stateTable("plastic gains", plasticGains),
    pairedGainsTable(comparison),
  ].join("");
}

function runLine(name: string, { directory, label, startMs, endMs, spikes }: NamedRun): string {
  const held = `${secondsText(startMs)} to ${secondsText(endMs)}`;
  return `${name.padEnd(10)}  ${directory} (${label}, ${held}; ${countText(spikes)} spikes compared)\n`;
}

const activityLines = (name: string, run: NamedRun) => [
  `${`${name} baseline`.padEnd(12)}${ratesText(run.baseline)}\n`,
  `${`${name} final`.padEnd(12)}${ratesText(run.final)}\n`,
  `${`${name} onset`.padEnd(12)}${onsetText(run)}\n`,
];

const rangeLines = (name: string, { excursions, cellCount }: NamedRun) =>
  excursionLines(`${name} range`, excursions, cellCount);

function spikesText({ firstDifference: difference, a }: NamedComparison): string {
  if (difference === null) return `identical, all ${countText(a.spikes)}`;
  const { index } = difference;
  const [one, other] = [difference.a, difference.b].map((spike) =>
    spike ? `cell ${spike.cell} at ${spike.timeMs} ms` : "no further spikes",
  );
  return `${countText(index)} identical, then A: ${one}, B: ${other}`;
}

const differencesText = ({ length }: readonly unknown[]) =>
  length === 0 ? "identical" : `${length} ${length === 1 ? "differs" : "differ"}`;

const valueText = (value: Difference["a"]) => (value === null ? "–" : String(value));

const differenceTable = (heading: string, differences: readonly Difference[]) =>
  numberSection(
    [heading, "A", "B", "unit"],
    differences.map(({ name, a, b, unit }) => [
      name,
      valueText(a),
      valueText(b),
      unit === "1" ? "" : unit,
    ]),
  );

/** An entry in both runs, below each other, as entries may be long. */
const entryLines = ({ id, a, b }: EntryDifference) =>
  `\n${id}\n${[a, b].map((entry, k) => `  ${"AB"[k]}  ${entry ? entryLine(entry) : "–"}\n`).join("")}`;

const ratesTable = ({ rates }: RunComparison) =>
  numberSection(
    ["rate, Hz", "A", "SD", "B", "SD", "effect g", "KS"],
    rates.map((rate) => [
      populationText(rate),
      shortNumber(rate.rateAHz),
      shortNumber(rate.a.standardDeviation),
      shortNumber(rate.rateBHz),
      shortNumber(rate.b.standardDeviation),
      ...distanceTexts(rate),
    ]),
  );

function groupsTable({ groups }: RunComparison): string {
  const rows = groups.flatMap(({ group, intervalMs, variation, correlation, synchrony }) => {
    const { a, b, kolmogorovSmirnov } = intervalMs;
    return [
      [`${group}: interval, ms`, ...momentTexts(a, b), "", fraction(kolmogorovSmirnov)],
      [
        `${group}: CV of intervals`,
        ...momentTexts(variation.a, variation.b),
        ...distanceTexts(variation),
      ],
      [`${group}: pairwise correlation`, ...momentTexts(correlation.a, correlation.b), "", ""],
      [
        `${group}: synchrony χ`,
        ...[synchrony.a, synchrony.b].flatMap(({ chi }) => [threeDecimals(chi), ""]),
        "",
        "",
      ],
    ];
  });
  return numberSection(["spike trains", "A", "SD", "B", "SD", "effect g", "KS"], rows);
}

const spectraTable = ({ groups }: RunComparison) =>
  numberSection(
    ["spectra of population counts", "difference", "distance, dB", "segments", "of each"],
    groups.map(({ group, spectrum }) => [
      group,
      fraction(spectrum.relativeDifference),
      shortNumber(spectrum.logSpectralDb),
      countText(spectrum.segmentCount),
      secondsText(1000 * spectrum.segmentS),
    ]),
  );

function stateTable(heading: string, state: ComparedState<string> | null): string {
  if (state === null) return `\n${heading}: no common recorded time\n`;
  const isPartial = state.groups.some(({ a, b }) => a.notFinite + b.notFinite > 0);
  const rows = state.groups.map((compared) => [
    compared.group,
    ...momentTexts(compared.a, compared.b, stateNumber),
    ...distanceTexts(compared),
    ...[compared.a, compared.b].map((values) => rangeText(values, stateNumber)),
    ...(isPartial ? [compared.a, compared.b].map(({ notFinite }) => String(notFinite)) : []),
  ]);
  return numberSection(
    [
      `${heading} at ${secondsText(state.timeMs)}`,
      "A",
      "SD",
      "B",
      "SD",
      "effect g",
      "KS",
      "A 5–95 %",
      "B 5–95 %",
      ...(isPartial ? ["A not finite", "B not finite"] : []),
    ],
    rows,
  );
}

const pairedGainsTable = ({ pairedGains }: RunComparison) =>
  numberSection(
    ["E to E gains, synapse by synapse", "mean A", "mean B", "correlation", "slope of B on A"],
    pairedGains.map(({ timeMs, meanA, meanB, correlation, slope }) => [
      `at ${secondsText(timeMs)}`,
      stateNumber(meanA),
      stateNumber(meanB),
      ...[correlation, slope].map(threeDecimals),
    ]),
  );

type Moments = Pick<DistributionSummary, "mean" | "standardDeviation">;

const momentTexts = (a: Moments, b: Moments, text = threeDecimals) =>
  [a.mean, a.standardDeviation, b.mean, b.standardDeviation].map(text);

const distanceTexts = ({ hedgesG, kolmogorovSmirnov }: ComparedDistributions) => [
  signed(fraction(hedgesG)),
  fraction(kolmogorovSmirnov),
];

/** A sign before all numbers but 0.00. */
const signed = (text: string) => {
  if (Math.abs(Number(text)) === 0) return text.replace("-", "");
  return Number(text) > 0 ? `+${text}` : text;
};

const fraction = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : "–");
