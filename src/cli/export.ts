import { basename, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type CsvTable, csvTables } from "../export/csv-tables.ts";
import type { RunExcerpt } from "../export/excerpt.ts";
import type { NwbMetadata, SubjectField } from "../export/nwb-metadata.ts";
import type { RunReader } from "../recording/run-reader.ts";
import type { ExportFormat, ExportRequest } from "../runs/export.ts";
import { ProgressLine, percentText } from "../terminal/progress-line.ts";
import { bytesText, countText, NOTED_BYTES, secondsText } from "../terminal/quantities.ts";
import { writeNote } from "../terminal/streams.ts";
import { checkFileName } from "./arguments/file-name.ts";
import { collect, timeMs } from "./arguments/option-values.ts";
import { UsageError } from "./failure.ts";
import { helpExamples } from "./help-examples.ts";

interface ExportOptions {
  readonly format: ExportFormat;
  readonly table?: CsvTable;
  readonly from?: number;
  readonly to?: number;
  readonly out?: string;
  readonly subject?: Subject;
  readonly experimenter?: readonly string[];
  readonly institution?: string;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
}

const formats: readonly ExportFormat[] = ["csv", "npz", "sonata", "nwb", "neuron"];

const endings: Record<ExportFormat, string> = {
  csv: ".csv",
  npz: ".npz",
  sonata: "",
  nwb: ".nwb",
  neuron: "",
};

export function defineCommand(command: Command): void {
  command
    .description(
      "Converts a recorded run, complete or not, of any length:\n" +
        "  csv      one table: spikes, cells (samples), weights (plastic gains), synapses,\n" +
        "           potentials or lfp (LFP proxy by layer)\n" +
        "  npz      all data but events, for numpy.load\n" +
        "  sonata   a folder: spikes, nodes, edges and reports, HDF5\n" +
        "  nwb      Neurodata Without Borders 2.7, HDF5\n" +
        "  neuron   a folder with the original model's files: spks .spks aux vars\n" +
        "Files receive their names when they are complete; their paths are printed. " +
        "docs/export.md describes their content and how to read them in Python.",
    )
    .argument("<dir>", "directory of the run")
    .addOption(new Option("--format <format>", "file format").choices(formats).default("csv"))
    .addOption(new Option("--table <table>", "table for CSV (default: spikes)").choices(csvTables))
    .option("--from <s>", "start of the time range, simulated s (default: the whole run)", timeMs)
    .option("--to <s>", "end of the time range, simulated s; excluded", timeMs)
    .option(
      "--out <path>",
      'file or folder; "-" for standard output of CSV (default: standard output for CSV where ' +
        "that is a pipe or file, else in DIR/export)",
    )
    .option(
      "--subject <id>",
      "NWB: subject represented by the column, an id and further metadata, such as " +
        '"column-1,species=Rattus norvegicus,sex=U,age=P90D"',
      subject,
    )
    .option(
      "--experimenter <name>",
      'of NWB, who simulated, such as "Cajal, Santiago"; can be repeated',
      (text: string, names: readonly string[] | undefined) => collect(named(text), names),
    )
    .option("--institution <name>", "NWB: institution", named)
    .option("--overwrite", "replace existing files")
    .option("--quiet", "show no progress")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex export runs/training --format csv --out spikes.csv", "all spikes"],
        ["isocortex export runs/training --table cells | head", "the first samples"],
        ["isocortex export runs/recorded --table lfp --out lfp.csv", "of recorded potentials"],
        ["isocortex export runs/training --format npz", "runs/training/export/training.npz"],
        [
          "isocortex export runs/training --format nwb --from 800 --to 1600 --out a.nwb",
          "a time range of 800 s",
        ],
        ["isocortex export runs/training --format sonata --out sonata", "a folder of HDF5 files"],
      ]),
    )
    .action(exportRun);
}

type Subject = NonNullable<NwbMetadata["subject"]>;

const subjectFields: readonly SubjectField[] = [
  "species",
  "sex",
  "age",
  "strain",
  "genotype",
  "description",
];

/** A subject's id, then entries of the form field=text, separated by commas. */
function subject(text: string): Subject {
  const [id = "", ...entries] = text.split(",");
  const fields = entries.map((entry) => {
    const [, name = "", value = ""] = /^\s*(\w*)\s*=(.*)$/s.exec(entry) ?? [];
    if (subjectFields.includes(name as SubjectField)) return [name, named(value)];
    throw new InvalidArgumentError(
      `Expected an id, then field=text with fields ${subjectFields.join(", ")}; got "${entry}".`,
    );
  });
  return { subject_id: named(id), ...Object.fromEntries(fields) };
}

function named(text: string): string {
  if (text.trim() !== "") return text.trim();
  throw new InvalidArgumentError("Expected a name.");
}

async function exportRun(directory: string, options: ExportOptions): Promise<void> {
  const { format, table, from, to, out } = options;
  checkOptions(options);
  if (out !== undefined && endings[format] !== "") {
    checkFileName(out, basename(usualPath(directory, options)));
  }
  const { openRun } = await import("../runs/opening.ts");
  const { RunExcerpt } = await import("../export/excerpt.ts");
  const run = openRun(directory, writeNote);
  await checkRange(run, options);
  const range = { startMs: from ?? 0, endMs: to ?? Number.POSITIVE_INFINITY };
  const excerpt = new RunExcerpt(run, range);
  noteIncompleteness(excerpt, options);
  await noteExcursions(excerpt);
  if (out === "-" || (out === undefined && format === "csv" && !process.stdout.isTTY)) {
    const { csvText } = await import("../export/csv.ts");
    const { streamText } = await import("../host/stream-text.ts");
    await streamText(csvText(excerpt, table ?? "spikes"), process.stdout);
    return;
  }
  const request = {
    format,
    ...(table && { table }),
    metadata: metadataOf(options),
    path: out ?? usualPath(directory, options),
    replaceable: options.overwrite ? ("any" as const) : undefined,
  };
  await writeFiles(excerpt, request, options);
}

/** Default path of an export: in the run's own directory. */
function usualPath(directory: string, { format, table = "spikes" }: ExportOptions): string {
  const name =
    format === "csv" ? table : endings[format] === "" ? format : basename(resolve(directory));
  return join(directory, "export", `${name}${endings[format]}`);
}

async function writeFiles(
  run: RunExcerpt,
  request: ExportRequest,
  { overwrite, quiet }: ExportOptions,
): Promise<void> {
  const { exportRun: write, replacedFiles } = await import("../runs/export.ts");
  const [replaced] = replacedFiles(request);
  if (replaced !== undefined && !overwrite) {
    throw new UsageError(
      `${replaced} is there already. Give --overwrite to replace it, or another path with --out.`,
    );
  }
  const { heedInterruption } = await import("../host/interruption.ts");
  const interruption = heedInterruption();
  const progress = new ProgressLine({ quiet });
  let size = "";
  const files = await write(run, request, {
    signal: interruption.signal,
    onNeeds: ({ diskBytes, memoryBytes }) => {
      size = `about ${bytesText(diskBytes)}`;
      if (quiet || diskBytes < NOTED_BYTES) return;
      progress.note(`note: the export takes ${size}, and ${bytesText(memoryBytes)} of memory.`);
    },
    onProgress: (rows, allRows) =>
      progress.show([
        `${percentText(rows, allRows)}  ${request.format}`,
        `${countText(rows)} of ${countText(allRows)} rows`,
        size,
      ]),
  }).finally(() => {
    interruption.release();
    progress.clear();
  });
  process.stdout.write(files.map((file) => `${file}\n`).join(""));
}

const metadataOf = ({ subject, experimenter, institution }: ExportOptions): NwbMetadata => ({
  ...(subject && { subject }),
  ...(experimenter && { experimenters: experimenter }),
  ...(institution && { institution }),
});

function checkOptions(options: ExportOptions): void {
  const { format, table, out } = options;
  const [about] = ["subject", "experimenter", "institution"].filter((name) => name in options);
  if (about !== undefined && format !== "nwb") {
    throw new UsageError(`--${about} is for NWB; ${format} has no place for it. Leave it out.`);
  }
  if (table !== undefined && format !== "csv") {
    throw new UsageError(`--table is for CSV; ${format} has all tables. Leave it out.`);
  }
  if (out === "-" && format !== "csv") {
    throw new UsageError(`${format} cannot be written to standard output. Name a path with --out.`);
  }
}

async function checkRange(
  { manifest, reachedMs }: RunReader,
  { from, to }: ExportOptions,
): Promise<void> {
  const { recordStartMs } = await import("../recording/manifest.ts");
  const startMs = recordStartMs(manifest);
  const isSome = Math.max(from ?? 0, startMs) < Math.min(to ?? Infinity, reachedMs);
  if (isSome || (from === undefined && to === undefined)) return;
  throw new UsageError(
    `Nothing is recorded from ${secondsText(from ?? 0)} to ${secondsText(to ?? reachedMs)}: ` +
      `the record goes from ${secondsText(startMs)} to ${secondsText(reachedMs)}.`,
  );
}

/** Says what of the exported state is outside of its range: CSV has the numbers alone. */
async function noteExcursions({ excursions, manifest }: RunExcerpt): Promise<void> {
  const { excursionTexts } = await import("../recording/excursions.ts");
  for (const text of excursionTexts(excursions, manifest.network.cellCount)) {
    process.stderr.write(`note: ${text}\n`);
  }
}

/** Says so when a run goes on after what is exported of it. */
function noteIncompleteness({ manifest, endMs }: RunExcerpt, { to }: ExportOptions): void {
  const { status, durationMs } = manifest;
  if (status === "complete" || (to ?? Infinity) <= endMs) return;
  process.stderr.write(
    `note: the run is not complete: exported to ${secondsText(endMs)} of ${secondsText(durationMs)}.\n`,
  );
}
