import type { VerificationCheck, VerificationReport } from "../simulation/verification.ts";
import type { Palette } from "./streams.ts";
import { type TextColumn, textTable } from "./text-table.ts";

/** Columns of largest differences, and the checks whose largest they show. */
const differences = [
  { heading: "time", quantities: ["spike times (ms)", "mean spike times (ms)"] },
  { heading: "gain", quantities: ["plastic gains (relative)"] },
  {
    heading: "sensor",
    quantities: [
      "sensed activity (relative)",
      "sensed rates (relative)",
      "target rates (relative)",
      "rate-error integrals (relative)",
      "scale factors (relative)",
    ],
  },
  { heading: "membrane", quantities: ["membrane state (mV, ms)"] },
  {
    heading: "deaths",
    quantities: ["times of death (ms)", "draws of deaths (relative)", "draws for deaths"],
  },
] as const;

const legend = `spikes    how many were compared: all, or those before the first that differs
differs   the first spike, or 100 s, that differ in cell, or in time by more than 1e-6 ms
time      largest difference of spike times, ms; of published runs, of their means over 100 s
gain      of plastic gains at the end, relative
sensor    of sensed and target rates, rate-error integrals and scale factors, relative
membrane  of deviations from rest and thresholds, mV
deaths    of times of death and of the draws for them
`;

/** Text about replays of reference runs: a table, the differences, and a verdict. */
export function verificationText(reports: readonly VerificationReport[], paint: Palette): string {
  const right = (heading: string): TextColumn => ({ heading, align: "right" });
  const headings = ["spikes", "differs", ...differences.map(({ heading }) => heading)];
  const columns = [{ heading: "run" }, ...headings.map(right), { heading: "" }];
  const table = textTable(columns, reports.map(reportRow), paint.bold);
  const problems = reports.flatMap(problemsOf).map((line) => `${line}\n`);
  const passed = reports.filter((report) => report.passed).length;
  const all = reports.length;
  const record = reports.some(isOurs) ? "their record" : "the original";
  const verdict =
    passed === all
      ? paint.green(`${all} of ${all} runs agree with ${record}, spike for spike.`)
      : paint.red(`${all - passed} of ${all} runs disagree with ${record}.`);
  return [table, paint.faint(legend), problems.join(""), `${verdict}\n`].filter(Boolean).join("\n");
}

const isOurs = ({ recordedBy }: VerificationReport): boolean =>
  recordedBy?.startsWith("isocortex") === true;

function reportRow(report: VerificationReport): string[] {
  const { name, recordedBy, identicalSpikes, checks, passed } = report;
  return [
    isOurs(report) ? `${name} (${recordedBy})` : name,
    String(identicalSpikes),
    differenceText(report),
    ...differences.map(({ quantities }) => worstText(checks, quantities)),
    passed ? "PASS" : "FAIL",
  ];
}

function differenceText({ firstDifference, firstDifferingMs }: VerificationReport): string {
  if (firstDifference) return String(firstDifference.spike + 1);
  return firstDifferingMs === undefined ? "none" : `${firstDifferingMs / 1000} s`;
}

function worstText(checks: readonly VerificationCheck[], quantities: readonly string[]): string {
  const worst = Math.max(
    ...checks.filter(({ quantity }) => quantities.includes(quantity)).map(({ worst }) => worst),
  );
  if (worst === -Infinity) return "–";
  return worst === 0 ? "0" : worst.toExponential(0);
}

/** Everything in which a replay differs beyond tolerance, a line each. */
function problemsOf({ name, firstDifference, checks }: VerificationReport): string[] {
  const lines = checks
    .filter(({ passed }) => !passed)
    .map(
      ({ quantity, worst, tolerance }) =>
        `${name}: ${quantity}: ${Number(worst.toPrecision(3))}, allowed ${tolerance}.`,
    );
  if (!firstDifference) return lines;
  const { spike, expected, found, afterExpansion } = firstDifference;
  const regime = afterExpansion
    ? "A cell was in the expanding regime before it, where no two implementations agree for long."
    : "No cell was in the expanding regime before it, so rounding is not the cause.";
  const first = `${name}: first difference at spike ${spike + 1}: expected ${spikeText(expected)}, found ${spikeText(found)}. ${regime}`;
  return [first, ...lines];
}

const spikeText = (spike: { timeMs: number; cell: number } | undefined): string =>
  spike ? `cell ${spike.cell} at ${spike.timeMs} ms` : "no spike";
