import type { PhaseStatistics, StatisticsByPhase } from "../measures/statistics.ts";
import { secondsText, shortNumber } from "./quantities.ts";
import { layerText, numberSection, stateNumber, threeDecimals } from "./statistics-sections.ts";

/** Rows of a table, by name, of one phase; a name that other phases lack has a dash there. */
type Rows = readonly (readonly [name: string, text: string])[];

/** Statistics by phase: quantities in rows, phases in columns. */
export const phaseTables = ({ phases }: StatisticsByPhase): string =>
  [
    phaseTable("time range", phases, ({ interval }) => [
      ["from", secondsText(interval.startMs)],
      ["to", secondsText(interval.endMs)],
    ]),
    phaseTable("rate, Hz, mean ± SD", phases, ratesRows),
    phaseTable("spike trains, mean ± SD", phases, trainRows),
    phaseTable("at the end", phases, stateRows),
    phaseTable("LFP proxy", phases, lfpRows),
  ].join("");

function phaseTable(
  heading: string,
  phases: readonly PhaseStatistics[],
  rowsOf: (phase: PhaseStatistics) => Rows,
): string {
  const columns = phases.map((phase) => new Map(rowsOf(phase)));
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return numberSection(
    [heading, ...phases.map(({ phase }) => phase)],
    names.map((name) => [name, ...columns.map((column) => column.get(name) ?? "–")]),
  );
}

const ratesRows = ({ rates }: PhaseStatistics): Rows =>
  rates.map(({ population, column, rateHz, cellRateHz: { standardDeviation } }) => [
    column === undefined ? population : `${population}, column ${column}`,
    `${shortNumber(rateHz)} ± ${shortNumber(standardDeviation)}`,
  ]);

const trainRows = ({ groups }: PhaseStatistics): Rows =>
  groups.flatMap(({ group, ...own }) => {
    const rows: Rows = [
      ["CV of intervals", spread(own.variation)],
      ["CV2 of intervals", spread(own.cv2)],
      ["pairwise correlation", spread(own.correlation)],
      ["spike-time tiling", spread(own.tiling)],
      ...own.synchronyByBin.map(
        ({ binMs, chi }) => [`synchrony χ, ${binMs} ms`, threeDecimals(chi)] as const,
      ),
      ["Fano factor", threeDecimals(own.synchrony.fanoFactor)],
      ["spectral peak, Hz", threeDecimals(own.spectrum.peakHz)],
      ...(own.bursts ? burstRows(own.bursts) : []),
    ];
    return rows.map(([name, text]) => [`${group}: ${name}`, text] as const);
  });

const burstRows = ({
  branching,
  population,
  cells,
}: NonNullable<PhaseStatistics["groups"][number]["bursts"]>): Rows => [
  ["branching ratio", threeDecimals(branching.ratio)],
  ["population bursts per min", threeDecimals(population.burstsPerMinute)],
  ["spikes in population bursts", threeDecimals(population.spikeFraction)],
  ["spikes in bursts of cells", threeDecimals(cells.spikeFraction)],
  ["the same of Poisson spikes", threeDecimals(cells.poissonFraction)],
];

function stateRows({ scaleFactors, plasticGains, balance, deaths }: PhaseStatistics): Rows {
  const groupRows = (what: string, state: typeof scaleFactors | typeof plasticGains) =>
    (state?.groups ?? []).map(
      (values) => [`${what}, ${values.group}`, spread(values, stateNumber)] as const,
    );
  return [
    ...groupRows("scale factors", scaleFactors),
    ...groupRows("plastic gains", plasticGains),
    ...(balance?.populations ?? []).map(
      ({ population, column, excitatoryMv, inhibitoryMv }) =>
        [
          `E/I of ${population}${column === undefined ? "" : `, column ${column}`}`,
          threeDecimals(excitatoryMv / inhibitoryMv),
        ] as const,
    ),
    ...(balance
      ? [
          [
            "recurrent gain between E cells",
            threeDecimals(balance.recurrentGain.excitatory.radius),
          ] as const,
        ]
      : []),
    ...(deaths.excitatory + deaths.inhibitory > 0
      ? [["dead cells, E and I", `${deaths.excitatory}, ${deaths.inhibitory}`] as const]
      : []),
  ];
}

const lfpRows = ({ lfp }: PhaseStatistics): Rows =>
  lfp.flatMap(({ meanMv, standardDeviationMv, spectrum, ...place }) => [
    [
      `${layerText(place)}: mean ± SD, mV`,
      spread({ mean: meanMv, standardDeviation: standardDeviationMv }),
    ],
    [`${layerText(place)}: spectral peak, Hz`, threeDecimals(spectrum?.peakHz ?? Number.NaN)],
  ]);

const spread = (
  { mean, standardDeviation }: { readonly mean: number; readonly standardDeviation: number },
  text = threeDecimals,
) => `${text(mean)} ± ${text(standardDeviation)}`;
