import type { DistributionSummary } from "../analysis/statistics/distribution.ts";
import type { RunStatistics, StateSummary } from "../measures/statistics.ts";
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

/** A run's statistics as people read them. */
export function statisticsText(directory: string, statistics: RunStatistics): string {
  const { label, interval, spikes, scaleFactors, plasticGains, sensedCharges } = statistics;
  const told = `${secondsText(interval.startMs)} to ${secondsText(interval.endMs)}`;
  return [
    `run         ${directory} (${label})\n`,
    `time range  ${told}; ${countText(spikes)} spikes\n`,
    `baseline    ${ratesText(statistics.baseline)}\n`,
    `final       ${ratesText(statistics.final)}\n`,
    `onset       ${onsetText(statistics)}\n`,
    ...deathLines(statistics),
    ...excursionLines("range", statistics.excursions, statistics.cellCount),
    ratesTable(statistics),
    groupsTable(statistics),
    synchronyTable(statistics),
    changeTable(statistics),
    volleysTable(statistics),
    stateTable("scale factors", scaleFactors),
    sensedCharges ? stateTable("sensed charge, mV/ms,", sensedCharges) : "",
    stateTable("plastic gains", plasticGains),
    potentialsTable(statistics),
  ].join("");
}

/** Lines on dead cells and the growth factor; none where there are none. */
function deathLines({ deaths, growthFactor }: RunStatistics): string[] {
  const { excitatory, inhibitory, dynamic } = deaths;
  const own = dynamic > 0 ? `, ${dynamic} of them by their own activity` : "";
  return [
    ...(excitatory + inhibitory > 0
      ? [`dead        E ${excitatory}, I ${inhibitory}${own}\n`]
      : []),
    ...(growthFactor === null ? [] : [`growth      targets × ${threeDecimals(growthFactor)}\n`]),
  ];
}

const ratesTable = ({ rates }: RunStatistics) =>
  numberSection(
    ["rate, Hz", "mean", "SD", "median", "5–95 %", "cells"],
    rates.map(({ rateHz, cellRateHz, ...rate }) => [
      populationText(rate),
      shortNumber(rateHz),
      shortNumber(cellRateHz.standardDeviation),
      shortNumber(cellRateHz.quantiles.median),
      rangeText(cellRateHz),
      countText(cellRateHz.count),
    ]),
  );

const groupsTable = ({ groups }: RunStatistics) =>
  numberSection(
    ["spike trains", "mean", "SD", "median", "5–95 %"],
    groups.flatMap(({ group, intervalMs, variation, cv2, correlation, tiling, ...rest }) => [
      [`${group}: interval, ms`, ...distributionTexts(intervalMs)],
      [`${group}: CV of intervals`, ...distributionTexts(variation)],
      [`${group}: CV2 of intervals`, ...distributionTexts(cv2)],
      [
        `${group}: pairwise correlation`,
        threeDecimals(correlation.mean),
        threeDecimals(correlation.standardDeviation),
        "",
        "",
      ],
      [
        `${group}: spike-time tiling`,
        threeDecimals(tiling.mean),
        threeDecimals(tiling.standardDeviation),
        "",
        "",
      ],
      [`${group}: Fano factor`, threeDecimals(rest.synchrony.fanoFactor), "", "", ""],
      [`${group}: spectral peak, Hz`, threeDecimals(rest.spectrum.peakHz), "", "", ""],
    ]),
  );

const synchronyTable = ({ groups }: RunStatistics) =>
  numberSection(
    [
      "synchrony χ, bins of",
      ...groups[0]!.synchronyByBin.map(({ binMs }) => `${binMs} ms`),
      "independent",
    ],
    groups.map(({ group, synchrony, synchronyByBin }) => [
      group,
      ...synchronyByBin.map(({ chi }) => threeDecimals(chi)),
      threeDecimals(synchrony.independentChi),
    ]),
  );

function changeTable({ change }: RunStatistics): string {
  if (change === null) return "";
  const { before, after, rates, scaleInDegreeCorrelation, targetError } = change;
  const heading = ({ startMs, endMs }: typeof before) =>
    `${startMs / 1000}–${secondsText(endMs)}, Hz`;
  const further = [
    ["S and E in-degree, rank correlation", scaleInDegreeCorrelation],
    ["error of targets, mean", targetError.mean],
    ["error of targets, SD", targetError.standardDeviation],
  ] as const;
  return numberSection(
    ["rate of single cells", heading(before), heading(after), "rank correlation", "cells"],
    rates.map(({ group, meanBeforeHz, meanAfterHz, rankCorrelation, cellCount }) => [
      group,
      shortNumber(meanBeforeHz),
      shortNumber(meanAfterHz),
      threeDecimals(rankCorrelation),
      countText(cellCount),
    ]),
  ).concat(
    targetError.count > 0
      ? numberSection(
          ["scaling of E cells", ""],
          further.map(([name, value]) => [name, threeDecimals(value)]),
        )
      : "",
  );
}

function volleysTable({ volleys }: RunStatistics): string {
  if (volleys === null) return "";
  const { input, periodMs, periodCount, startMs, endMs, groups } = volleys;
  const inputs = { volleys: "volleys", shuffled: "volleys, shuffled", none: "no volleys" };
  return numberSection(
    [
      `${inputs[input]} at ${shortNumber(1000 / periodMs)} Hz`,
      "vector strength",
      "5 % by chance",
      "mean phase",
      "Rayleigh p",
      "p by periods",
      "spikes",
    ],
    groups.map(({ population, meanPhaseRad, spikeCount, ...group }) => [
      population,
      threeDecimals(group.vectorStrength),
      threeDecimals(group.chanceStrength),
      phaseText(meanPhaseRad),
      probabilityText(group.rayleighP),
      probabilityText(group.periodP),
      countText(spikeCount),
    ]),
  ).concat(`${countText(periodCount)} periods, ${secondsText(startMs)} to ${secondsText(endMs)}\n`);
}

/** Probabilities with three decimals, small ones as powers of ten. */
const probabilityText = (p: number) => (p < 1e-3 && p > 0 ? p.toExponential(0) : threeDecimals(p));

const phaseText = (rad: number) =>
  Number.isNaN(rad) ? "–" : `${Math.round((180 / Math.PI) * rad)}°`;

const potentialsTable = ({ potentials }: RunStatistics) =>
  numberSection(
    ["membrane potential, mV", "mean", "SD", "range", "above threshold", "cells"],
    potentials.map((one) => [
      one.group,
      threeDecimals(one.meanMv),
      threeDecimals(one.standardDeviationMv),
      `${threeDecimals(one.leastMv)} to ${threeDecimals(one.mostMv)}`,
      `${shortNumber(100 * one.aboveThreshold)} %`,
      countText(one.cells),
    ]),
  );

function stateTable(heading: string, state: StateSummary<string> | null): string {
  if (state === null) return `\n${heading}: not recorded in this range\n`;
  const isPartial = state.groups.some(({ notFinite }) => notFinite > 0);
  return numberSection(
    [
      `${heading} at ${secondsText(state.timeMs)}`,
      ...["mean", "SD", "median", "5–95 %"],
      ...(isPartial ? ["not finite"] : []),
    ],
    state.groups.map((values) => [
      values.group,
      ...distributionTexts(values, stateNumber),
      ...(isPartial ? [`${values.notFinite} of ${values.count + values.notFinite}`] : []),
    ]),
  );
}

const distributionTexts = (values: DistributionSummary, text = threeDecimals) => [
  text(values.mean),
  text(values.standardDeviation),
  text(values.quantiles.median),
  rangeText(values, text),
];
