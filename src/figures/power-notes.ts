import { counted, noteOf } from "../drawing/figure-notes.ts";
import { durationText } from "../drawing/time-axis.ts";
import type { SpectraRun } from "./spectra-run.ts";

/** Spectra in the unit in which they are drawn, and their axis. */
export interface PowerAxis {
  readonly runs: readonly SpectraRun[];
  readonly domain: readonly [number, number];
  readonly label: string;
  /** Unit of powers in notes. */
  readonly unit: string;
}

/** Notes on parts of a run's spectra outside a panel. */
export function powerNotes(
  run: SpectraRun,
  kind: "excitatory" | "inhibitory",
  title: string,
  { runs, domain: [, top], unit }: PowerAxis,
): string[] {
  const { frequenciesHz, segments, leftOverMs = 0, label } = run;
  const whose = runs.length > 1 ? (label ?? "") : undefined;
  const name = whose ? `${title}, ${whose}` : title;
  const silent = segments.filter((segment) => segment[kind].every(isNone)).length;
  const isBeyond = (power: number) => power > top;
  const beyond = segments.flatMap((segment) => [...segment[kind]].filter(isBeyond));
  const beyondHz = frequenciesHz.filter((_, f) =>
    segments.some((segment) => isBeyond(segment[kind][f]!)),
  );
  const highest = beyond.reduce((most, power) => Math.max(most, power), 0);
  const limits = segments.at(-1)![`${kind}Limits`].upper.filter(isBeyond).length;
  return [
    ...(silent > 0
      ? [
          noteOf(
            name,
            `no power in ${silent} of ${counted(segments.length, "segment")}, with constant ` +
              "spike counts",
          ),
        ]
      : []),
    ...(beyond.length > 0
      ? [
          noteOf(
            name,
            `power of up to ${highest.toPrecision(2)} ${unit} at ${rangeText(beyondHz)} above the axis`,
          ),
        ]
      : []),
    ...(limits > 0
      ? [
          noteOf(
            name,
            `95 % limits at ${limits} of ${frequenciesHz.length} frequencies above the axis`,
          ),
        ]
      : []),
    ...(leftOverMs > 0
      ? [
          noteOf(
            whose,
            `${durationText(leftOverMs)} at the end, shorter than a segment, are excluded`,
          ),
        ]
      : []),
  ];
}

/** True for no power, which is not a number of dB. */
const isNone = (power: number): boolean => power === 0 || Number.isNaN(power);

const rangeText = (frequenciesHz: Float64Array): string => {
  const [first, last] = [frequenciesHz[0]!, frequenciesHz.at(-1)!].map((hz) =>
    Number(hz.toPrecision(3)),
  );
  return first === last ? `${first} Hz` : `${first} to ${last} Hz`;
};
