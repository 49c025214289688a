import type { MedianInterval } from "../analysis/statistics/median.ts";
import type { Replication } from "../replication/files.ts";
import type { ReplicatedClaim } from "../replication/report.ts";
import { columnsOf, palette } from "./streams.ts";
import { textTable, wrapText } from "./text-table.ts";

/** The claims over all replicates: a table, what its rows mean, and where the rest is. */
export function replicationText({ replicates, claims, onsets, files }: Replication): string {
  const where = files.map((file) => `  ${file}\n`).join("");
  if (claims.length === 0) return `No pair of runs is complete.\n${where}`;
  const paint = palette(process.stdout);
  const right = (heading: string) => ({ heading, align: "right" }) as const;
  const table = textTable(
    [
      { heading: "claim" },
      right("holds"),
      right("95 % CI"),
      right("median effect"),
      right("95 % CI"),
    ],
    claims.map(claimRow),
    paint.bold,
  );
  const legend = claims.map(
    ({ id, statement, criterion, effect }) =>
      `${paint.bold(id)}\n${indented(statement)}${indented(`Holds when: ${criterion}`)}${indented(`Effect: ${effect.what}.`)}`,
  );
  return `\n${replicates} networks, each without and with scaling\n\n${table}\n${onsetText("without", onsets.withoutScaling)}${onsetText("with", onsets.withScaling)}\n${legend.join("")}\n${where}`;
}

/** Number of networks that became hyperactive, and the time by which half of them had. */
function onsetText(
  scaling: "with" | "without",
  { networks, hyperactive, survival: { median } }: Replication["onsets"]["withScaling"],
): string {
  const halfBy = median === null ? "" : `, half of them by ${median.toFixed(0)} s`;
  return `Hyperactive ${scaling} scaling: ${hyperactive} of ${networks} networks${halfBy}\n`;
}

const indented = (text: string): string =>
  wrapText(text, Math.min(100, columnsOf(process.stdout)), "    ");

function claimRow({ id, holds, replicates, fraction, effect }: ReplicatedClaim): string[] {
  return [
    id,
    replicates === 0 ? "not tested" : `${holds} of ${replicates}`,
    replicates === 0 ? "–" : `${fraction.lower.toFixed(2)} to ${fraction.upper.toFixed(2)}`,
    signed(effect.median) + (effect.count < replicates ? ` (of ${effect.count})` : ""),
    limitsText(effect),
  ];
}

const limitsText = ({ lower, upper }: MedianInterval): string =>
  Number.isNaN(lower) ? "–" : `${signed(lower)} to ${signed(upper)}`;

/** Two digits after the point, with a real minus. */
const signed = (value: number): string =>
  Number.isNaN(value) ? "–" : value.toFixed(2).replace("-", "−");
