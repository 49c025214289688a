import { extname } from "node:path";
import { Argument, type Command, Option } from "commander";
import type { CellSelection } from "../analysis/state/sampled-variable.ts";
import type { ThemeName } from "../drawing/theme.ts";
import type { TimeUnit } from "../drawing/time-axis.ts";
import { type PictureFormat, pictureFormats } from "../pictures/formats.ts";
import {
  averagingKinds,
  comparingKinds,
  type FigureKind,
  figureKindNames,
  onlyOpposingKinds,
  opposingKinds,
  segmentedKinds,
  selectingKinds,
} from "../pictures/kinds.ts";
import type { FigureOutput } from "../pictures/run-figures.ts";
import { writeNote } from "../terminal/streams.ts";
import { checkFileName } from "./arguments/file-name.ts";
import { cells, collect, durationMs, timeMs, wholeNumber } from "./arguments/option-values.ts";
import { UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

interface PlotOptions {
  readonly from?: number;
  readonly to?: number;
  readonly timeUnit?: TimeUnit;
  readonly compare?: readonly string[];
  readonly average?: readonly string[];
  readonly against?: string;
  readonly cells?: readonly number[];
  readonly excitatoryOnly?: boolean;
  readonly detail?: number;
  readonly segment?: number;
  readonly decibels?: boolean;
  readonly title?: string;
  readonly theme?: ThemeName;
  readonly format?: PictureFormat;
  readonly dpi?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
}

/** More lines in a panel cannot be told apart. */
const MOST_COMPARED = 6;

export function defineCommand(command: Command): void {
  command
    .description(
      "Plots a recorded run, complete or not, and writes the plotted numbers as CSV and NPZ. The " +
        "past of a branch is grey, if its parent still exists. Prints the paths of all files.",
    )
    .argument("<dir>", "directory of the run")
    .addArgument(new Argument("<kind...>", "kinds of figure").choices(figureKindNames))
    .option("--from <s>", "start of the time range, simulated s (default: 0)", timeMs)
    .option(
      "--to <s>",
      "end of the time range, simulated s (default: the last recorded time)",
      timeMs,
    )
    .addOption(
      new Option(
        "--time-unit <unit>",
        "s, h or d (default: s to 8000 s, h to 80 000 s, then d)",
      ).choices(["s", "h", "d"]),
    )
    .option(
      "--compare <dir>",
      `plot another run or branch in the same panels; repeatable (${comparingKinds.join(", ")})`,
      collect,
    )
    .addOption(
      new Option(
        "--average <dir...>",
        `plot mean ± SD over this run and these, such as replicates (${averagingKinds.join(", ")})`,
      ).conflicts(["compare", "cells"]),
    )
    .option(
      "--against <dir>",
      "show the difference from this run, such as a baseline or the parent of a branch " +
        `(${opposingKinds.join(", ")})`,
    )
    .option(
      "--cells <list>",
      `only these cells, such as 1,5-9, one line each (${selecting})`,
      cells,
    )
    .addOption(
      new Option(
        "--excitatory-only",
        `only the excitatory cells (${excitatoryKinds.join(", ")})`,
      ).conflicts("cells"),
    )
    .option(
      "--detail <n>",
      "plot every nth sample (activity, charge, scale; default: 1)",
      wholeNumber(1, 1e6),
    )
    .option(
      "--segment <s>",
      "length of a spectrum's segment, simulated s (default: power 800, lfp 5, or the time range " +
        "if shorter; spectrogram 1/200 of it, at least 1)",
      durationMs,
    )
    .option("--decibels", "spectra in dB over the level of Poisson spikes of the same rate (power)")
    .option("--title <text>", 'title (default: the run\'s label; "" for none)')
    .addOption(new Option("--theme <theme>", "light or dark (default: light)").choices(themeNames))
    .addOption(
      new Option("--format <format>", "svg, png or pdf (default: svg)").choices(pictureFormats),
    )
    .option("--dpi <n>", "resolution of PNG, dots per inch (default: 300)", wholeNumber(10, 2400))
    .option("--out <file>", "file of the figure (default: in DIR/figures)")
    .option("--overwrite", "also replace files that isocortex did not write or that were changed")
    .option("--quiet", "print no notes")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex plot runs/training raster --from 800 --to 810", "ten seconds of spikes"],
        ["isocortex plot runs/training activity scale", "E and I means of the whole run"],
        [
          "isocortex plot runs/training activity --compare runs/training-with-scaling",
          "two runs in the same panels",
        ],
        [
          "isocortex plot runs/alzheimer-seed1 activity --average runs/alzheimer-seed[2-5]",
          "mean ± SD over five replicates",
        ],
        [
          "isocortex plot runs/alzheimer-stimulated deaths --against runs/alzheimer",
          "dead cells, less those without stimulation",
        ],
        [
          "isocortex plot runs/perturbed divergence --against runs/training",
          "how a branch departs from its parent",
        ],
        [
          "isocortex plot runs/scaling scale --cells 1,5-9 --out scale.pdf",
          "scale factors of six cells, as PDF",
        ],
      ]),
    )
    .action(plotRun);
}

const selecting = selectingKinds.join(", ");

const excitatoryKinds: readonly FigureKind[] = [...selectingKinds, "deletion-scale"];

const themeNames: readonly ThemeName[] = ["light", "dark"];

async function plotRun(
  directory: string,
  kinds: readonly FigureKind[],
  options: PlotOptions,
): Promise<void> {
  const { from, to, title, theme, timeUnit, detail, segment, decibels } = options;
  const { compare = [], average = [], against } = options;
  const output = pictureOutput(kinds, options);
  const selection: CellSelection | undefined =
    options.cells ?? (options.excitatoryOnly ? "excitatory" : undefined);
  checkKinds(kinds, options);
  const { openDrawnRuns } = await import("../pictures/drawn-run.ts");
  const others = [...compare, ...average, ...(against === undefined ? [] : [against])];
  const runs = openDrawnRuns([directory, ...others], options.quiet ? undefined : writeNote);
  const { writeRunFigures } = await import("../pictures/run-figures.ts");
  const request = {
    fromMs: from,
    toMs: to,
    selection,
    averages: average.length > 0,
    againstLast: against !== undefined,
    title,
    theme,
    timeUnit,
    every: detail,
    segmentMs: segment,
    decibels,
  };
  const requests = kinds.map((kind) => ({ kind, ...request }));
  const paths = await writeRunFigures(runs, requests, directory, output);
  process.stdout.write(paths.map((path) => `${path}\n`).join(""));
}

/** Checks that every kind can do what the options ask for. */
function checkKinds(kinds: readonly FigureKind[], options: PlotOptions): void {
  const { compare = [], average = [], against, cells: chosen, detail, segment } = options;
  const uses: [unknown, string, readonly FigureKind[]][] = [
    [compare.length > 0, "--compare", comparingKinds],
    [average.length > 0, "--average", averagingKinds],
    [against, "--against", opposingKinds],
    [chosen, "--cells", selectingKinds],
    [options.excitatoryOnly, "--excitatory-only", excitatoryKinds],
    [detail, "--detail", averagingKinds],
    [segment, "--segment", segmentedKinds],
    [options.decibels, "--decibels", ["power"]],
  ];
  for (const [isGiven, option, able] of uses) {
    const unable = isGiven ? kinds.find((kind) => !able.includes(kind)) : undefined;
    if (unable === undefined) continue;
    throw new UsageError(
      `${option} does not apply to ${unable} figures: use it only with ${able.join(", ")}.`,
    );
  }
  const opposing = kinds.find((kind) => onlyOpposingKinds.includes(kind));
  if (opposing !== undefined && against === undefined) {
    throw new UsageError(
      `${opposing} figures show the difference from another run: name it with --against DIR.`,
    );
  }
  if (compare.length > MOST_COMPARED) {
    throw new UsageError(
      `--compare was given ${compare.length} times: at most ${MOST_COMPARED} runs can be ` +
        "distinguished besides the first.",
    );
  }
}

/** File and format of the picture, from the options or the file's name. */
function pictureOutput(
  kinds: readonly FigureKind[],
  { out, format, dpi: dotsPerInch, overwrite }: PlotOptions,
): FigureOutput {
  const replaceable = overwrite ? "any" : "own";
  if (out === undefined) return { format, dotsPerInch, replaceable };
  if (kinds.length > 1) throw new UsageError("--out names one file: draw one figure at a time.");
  checkFileName(out, `${kinds[0] ?? "raster"}.svg`);
  const ending = extname(out);
  const named = pictureFormats.find((one) => `.${one}` === ending.toLowerCase());
  if (named === undefined && ending !== "" && format === undefined) {
    throw new UsageError(`${out}: expected a name that ends in .svg, .png or .pdf, or --format.`);
  }
  if (named && format && named !== format) {
    throw new UsageError(`--out ${out} and --format ${format} contradict each other.`);
  }
  const stem = named ? out.slice(0, -ending.length) : out;
  return { stem, format: format ?? named, dotsPerInch, replaceable };
}
