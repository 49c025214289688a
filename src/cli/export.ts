import { join } from "node:path";
import { type Command, Option } from "commander";
import { type CsvTable, csvTables, csvText } from "../export/csv.ts";
import { streamText, writeTextFile } from "../node/text-file.ts";
import { helpExamples } from "./help-examples.ts";

export function addExport(program: Command): void {
  program
    .command("export")
    .summary("write a recorded run's data in other formats")
    .description(
      "Writes a recorded run's data as CSV, however long the run. Tables:\n" +
        "  spikes   time_ms,cell\n" +
        "  cells    time_ms,cell,sensed_rate_khz,target_rate_khz,scale_factor,alive\n" +
        "  weights  time_ms,presynaptic,postsynaptic,gain (excitatory synapses)\n" +
        "Fractions have 17 significant digits, so that they read back exactly.",
    )
    .argument("<dir>", "directory of the run")
    .addOption(new Option("--format <format>", "file format").choices(["csv"]).default("csv"))
    .addOption(new Option("--table <table>", "what to write").choices(csvTables).default("spikes"))
    .option(
      "--out <file>",
      '"-" for standard output (default: standard output where that is a pipe or file, DIR/export/TABLE.csv on a terminal)',
    )
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex export runs/training --format csv --out spikes.csv", "all spikes"],
        ["isocortex export runs/training --table cells | head", "the first samples"],
      ]),
    )
    .action(exportRun);
}

async function exportRun(
  directory: string,
  { table, out }: { table: CsvTable; out?: string },
): Promise<void> {
  const { openRun } = await import("../node/run-opening.ts");
  const text = csvText(openRun(directory), table);
  if (out === "-" || (out === undefined && !process.stdout.isTTY)) {
    await streamText(text, process.stdout);
    return;
  }
  const path = out ?? join(directory, "export", `${table}.csv`);
  await writeTextFile(text, path);
  process.stdout.write(`${path}\n`);
}
