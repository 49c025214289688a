import { extname } from "node:path";
import { Argument, type Command, Option } from "commander";
import type { CellSelection } from "../analysis/sampled-variable.ts";
import { type FigureKind, figureKindNames } from "../node/figure-kinds.ts";
import type { PictureFormat } from "../node/picture.ts";
import type { FigureOutput } from "../node/run-figures.ts";
import { UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";
import { cells, timeMs } from "./option-values.ts";

interface PlotOptions {
  readonly from?: number;
  readonly to?: number;
  readonly cells?: readonly number[];
  readonly excitatoryOnly?: boolean;
  readonly title?: string;
  readonly format?: PictureFormat;
  readonly out?: string;
}

const formats = ["svg", "png"] as const;

export function addPlot(program: Command): void {
  program
    .command("plot")
    .summary("draw figures of a recorded run")
    .description(
      "Draws figures of a recorded run, finished or not, and writes their numbers beside them " +
        "as CSV. Prints the paths of all files.",
    )
    .argument("<dir>", "directory of the run")
    .addArgument(new Argument("<kind...>", "what to draw").choices(figureKindNames))
    .option("--from <s>", "start of the time shown, simulated s (default: 0)", timeMs)
    .option("--to <s>", "end of the time shown, simulated s (default: all there is)", timeMs)
    .option("--cells <list>", "activity, scale: these cells, such as 1,5-9, a line each", cells)
    .addOption(
      new Option(
        "--excitatory-only",
        "activity, scale: the mean of the excitatory cells alone",
      ).conflicts("cells"),
    )
    .option("--title <text>", 'title (default: the run\'s label; "" for none)')
    .addOption(new Option("--format <format>", "svg or png (default: svg)").choices(formats))
    .option("--out <file>", "file of the picture (default: in DIR/figures)")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex plot runs/training raster --from 800 --to 810", "ten seconds of spikes"],
        ["isocortex plot runs/training activity scale", "E and I means of the whole run"],
        [
          "isocortex plot runs/scaling scale --cells 1,5-9 --out scale.png",
          "scale factors of six cells, as PNG",
        ],
      ]),
    )
    .action(plotRun);
}

async function plotRun(
  directory: string,
  kinds: readonly FigureKind[],
  options: PlotOptions,
): Promise<void> {
  const { from, to, title } = options;
  const output = pictureOutput(kinds, options);
  const selection: CellSelection | undefined =
    options.cells ?? (options.excitatoryOnly ? "excitatory" : undefined);
  if (selection !== undefined && kinds.includes("raster")) {
    const given = options.cells ? "--cells" : "--excitatory-only";
    throw new UsageError(`A raster shows all cells: give ${given} with activity or scale only.`);
  }
  const { openRun } = await import("../node/run-opening.ts");
  const record = openRun(directory);
  const { writeRunFigure } = await import("../node/run-figures.ts");
  for (const kind of kinds) {
    const request = { kind, fromMs: from, toMs: to, selection, title };
    const paths = await writeRunFigure(record, request, directory, output);
    process.stdout.write(paths.map((path) => `${path}\n`).join(""));
  }
}

/** Where the picture goes, and its format: as asked for, or as the file's name says. */
function pictureOutput(kinds: readonly FigureKind[], { out, format }: PlotOptions): FigureOutput {
  if (out === undefined) return { format };
  if (kinds.length > 1) throw new UsageError("--out names one file: draw one figure at a time.");
  const ending = extname(out);
  const named = formats.find((one) => `.${one}` === ending.toLowerCase());
  if (named === undefined && ending !== "" && format === undefined) {
    throw new UsageError(`${out}: expected a name that ends in .svg or .png, or --format.`);
  }
  if (named && format && named !== format) {
    throw new UsageError(`--out ${out} and --format ${format} contradict each other.`);
  }
  return { stem: named ? out.slice(0, -ending.length) : out, format: format ?? named };
}
