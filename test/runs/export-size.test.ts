import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { csvTables } from "../../src/export/csv-tables.ts";
import { RunExcerpt } from "../../src/export/excerpt.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { type ExportFormat, exportFormats, exportRun } from "../../src/runs/export.ts";
import { exportNeeds } from "../../src/runs/export-size.ts";
import { checkRoom, type Machine, RunSizeError } from "../../src/runs/needs.ts";
import { openRun } from "../../src/runs/opening.ts";
import { recordRun } from "../../src/runs/recorded.ts";
import { sharedFolder } from "../cli/eventful-run.ts";

const home = sharedFolder();
const all = () => new RunExcerpt(openRun(join(home, "run")));

beforeAll(async () => {
  const parameters = resolveParameters({
    protocol: "training",
    baselineDurationS: 0.5,
    learningDurationS: 0.5,
    recallDurationS: 0,
    externalGain: 30,
    scaling: true,
    scalingStartMs: 0,
    trainingStartMs: 0,
    samplingStartMs: 0,
    samplingIntervalMs: 10,
  });
  const request = {
    directory: join(home, "run"),
    overwrite: false,
    preset: null,
    label: "run",
    parameters,
    gainTimesMs: [600, 700, 800, 900],
    potentials: { cells: [...Array(100).keys()], everyMs: 5, fromMs: 0, untilMs: 1000 },
  };
  await recordRun(request, { onReport: () => {}, signal: new AbortController().signal });
});

const kinds = exportFormats.flatMap((format): [ExportFormat, (typeof csvTables)[number]][] =>
  format === "csv" ? csvTables.map((table) => [format, table]) : [[format, "spikes"]],
);

it.each(kinds)(
  "an export as %s (%s) takes about as much as is said before",
  async (format, table) => {
    const folder = join(home, `${format}-${table}`);
    let needs: Machine | undefined;
    await exportRun(
      all(),
      { format, table, path: join(folder, "all") },
      {
        onNeeds: (told) => {
          expect(readdirSync(home)).not.toContain(`${format}-${table}`);
          needs = told;
        },
      },
    );
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const bytes = files.reduce((sum, name) => {
      const found = statSync(join(folder, name));
      return sum + (found.isFile() ? found.size : 0);
    }, 0);
    expect(needs!.diskBytes / bytes).toBeGreaterThan(0.8);
    expect(needs!.diskBytes / bytes).toBeLessThan(2);
  },
);

it("an export that takes more memory than there is is refused before anything is made", async () => {
  const { constrainedMemory } = process;
  process.constrainedMemory = () => 100e6;
  try {
    const attempt = exportRun(all(), { format: "nwb", path: join(home, "none", "all.nwb") });
    await expect(attempt).rejects.toThrow(RunSizeError);
    await expect(attempt).rejects.toThrow(
      /^The export takes about 17\d MB of memory: expected at most 100 MB, the memory of this machine\./,
    );
    expect(readdirSync(home)).not.toContain("none");
  } finally {
    process.constrainedMemory = constrainedMemory;
  }
});

it("an export that takes more room than there is is refused with both", () => {
  const needs = exportNeeds(all(), { format: "sonata" });
  const attempt = () => checkRoom("The export", needs, { diskBytes: 1e6 }, "export less");
  expect(attempt).toThrow(
    /^The export takes about [\d.]+ MB: expected at most 1 MB, the free space there\. .* or export less\.$/,
  );
});
