import type { DistributionSummary } from "../analysis/statistics/distribution.ts";
import type { IntervalStatistics, StateSummary } from "../measures/interval-statistics.ts";
import type { RunStatistics, StatisticsByPhase } from "../measures/statistics.ts";
import { onsetText, ratesText } from "./activity.ts";
import { phaseTables } from "./phase-statistics.ts";
import { countText, secondsText, shortNumber } from "./quantities.ts";
import {
  excursionLines,
  layerText,
  numberSection,
  populationText,
  rangeText,
  stateNumber,
  threeDecimals,
} from "./statistics-sections.ts";

/** A run's statistics as people read them, over one interval or by phase. */
export function statisticsText(
  directory: string,
  statistics: RunStatistics | StatisticsByPhase,
): string {
  const { label, interval, spikes } = statistics;
  const told = `${secondsText(interval.startMs)} to ${secondsText(interval.endMs)}`;
  const isByPhase = "phases" in statistics;
  const last = isByPhase ? statistics.phases.at(-1)! : statistics;
  return [
    `run         ${directory} (${label})\n`,
    `time range  ${told}; ${countText(spikes)} spikes\n`,
    `baseline    ${ratesText(statistics.baseline)}\n`,
    `final       ${ratesText(statistics.final)}\n`,
    `onset       ${onsetText(statistics)}\n`,
    ...deathLines(last),
    ...excursionLines("range", statistics.excursions, statistics.cellCount),
    ...(isByPhase
      ? [phaseTables(statistics), changeTable(statistics), ...statistics.phases.map(volleysTable)]
      : [intervalTables(statistics)]),
  ].join("");
}

const intervalTables = (statistics: RunStatistics): string =>
  [
    ratesTable(statistics),
    groupsTable(statistics),
    synchronyTable(statistics),
    burstsTable(statistics),
    changeTable(statistics),
    volleysTable(statistics),
    stateTable("scale factors", statistics.scaleFactors),
    statistics.sensedCharges ? stateTable("sensed charge, mV/ms,", statistics.sensedCharges) : "",
    stateTable("plastic gains", statistics.plasticGains),
    balanceTable(statistics),
    potentialsTable(statistics),
    lfpTable(statistics),
  ].join("");

/** Lines on dead cells and the growth factor; none where there are none. */
function deathLines({ deaths, growthFactor }: IntervalStatistics): string[] {
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

const burstsTable = ({ groups }: RunStatistics) =>
  numberSection(
    [
      "recurrence and bursts",
      "branching ratio",
      "time constant, ms",
      "population bursts per min",
      "duration, ms",
      "spikes in them",
      "in bursts of cells",
      "Poisson",
    ],
    groups.flatMap(({ group, bursts }) => {
      if (!bursts) return [];
      const { branching, population, cells } = bursts;
      return [
        [
          group,
          threeDecimals(branching.ratio),
          shortNumber(branching.timeConstantMs),
          threeDecimals(population.burstsPerMinute),
          shortNumber(population.meanDurationMs),
          threeDecimals(population.spikeFraction),
          threeDecimals(cells.spikeFraction),
          threeDecimals(cells.poissonFraction),
        ],
      ];
    }),
  );

function changeTable({ change }: Pick<RunStatistics, "change">): string {
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

function volleysTable({ volleys }: IntervalStatistics): string {
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

function balanceTable({ balance }: RunStatistics): string {
  if (balance === null) return "";
  const { timeMs, populations, recurrentGain } = balance;
  const rows = populations.map(({ population, column, ...one }) => [
    column === undefined ? population : `${population}, column ${column}`,
    ...[one.excitatoryMv, one.inhibitoryMv].map(shortNumber),
    threeDecimals(one.excitatoryMv / one.inhibitoryMv),
    rangeText(one.ratio),
    ...[one.excitatoryMvPerS, one.inhibitoryMvPerS].map(shortNumber),
    threeDecimals(one.excitatoryMvPerS / one.inhibitoryMvPerS),
  ]);
  const rate = ["E, mV/s", "I, mV/s", "E/I"];
  return numberSection(
    [`synaptic input at ${secondsText(timeMs)}`, "E, mV", "I, mV", "E/I", "5–95 %", ...rate],
    rows,
  ).concat(
    `recurrent gain: ${gainText(recurrentGain.excitatory)} between E cells, ${gainText(recurrentGain.all)} of all cells\n`,
  );
}

const gainText = ({
  radius,
  converged,
}: NonNullable<RunStatistics["balance"]>["recurrentGain"]["all"]) =>
  `${converged || Number.isNaN(radius) ? "" : "about "}${threeDecimals(radius)}`;

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

const lfpTable = ({ lfp }: RunStatistics) => {
  const bands = lfp.find(({ spectrum }) => spectrum)?.spectrum?.bands ?? [];
  const bandHeadings = bands.map(
    ({ fromHz, toHz }, k) => `${fromHz}–${toHz} Hz${k === 0 ? ", mV²" : ""}`,
  );
  return numberSection(
    ["LFP proxy, mV", "mean", "SD", "inhibition", "peak, Hz", ...bandHeadings],
    lfp.map((one) => [
      layerText(one),
      threeDecimals(one.meanMv),
      threeDecimals(one.standardDeviationMv),
      `${shortNumber(100 * one.inhibitoryPart)} %`,
      ...(one.spectrum
        ? [one.spectrum.peakHz, ...one.spectrum.bands.map(({ powerMv2 }) => powerMv2)].map(
            threeDecimals,
          )
        : ["–"]),
    ]),
  );
};

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
