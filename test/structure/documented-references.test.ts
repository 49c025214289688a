import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

interface ReferenceRun {
  readonly spikes: number;
  readonly cellEvents: number;
  readonly durationMs: number;
  readonly deaths?: number;
  readonly deathDraws?: number;
}

/** Reference runs of a folder, by name. */
const runsIn = (folder: string): ReadonlyMap<string, ReferenceRun> =>
  new Map(
    readdirSync(`${project}${folder}`).flatMap((name) => {
      const file = `${project}${folder}/${name}/run.json`;
      return existsSync(file) ? [[name, JSON.parse(readFileSync(file, "utf8"))] as const] : [];
    }),
  );

/** Cells of the row of a table that begins with a name, digits without their groups. */
function rowOf(page: string, name: string): string[] {
  const line = page.split("\n").find((one) => one.startsWith(`| ${name} |`));
  return line!
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim().replaceAll(/(?<=\d) (?=\d{3})/g, ""));
}

it.each<[string, string, (run: ReferenceRun) => unknown[]]>([
  ["docs/fidelity.md", "test/reference", (run) => [run.durationMs, run.spikes, run.cellEvents]],
  ["docs/columns.md", "test/reference-columns", (run) => [run.spikes, run.cellEvents]],
  ["docs/model-2014.md", "test/reference-2014", (run) => [run.spikes, run.deaths, run.deathDraws]],
])("%s has the length and counts of the runs in %s", (path, folder, countsOf) => {
  const page = readFileSync(project + path, "utf8");
  const runs = runsIn(folder);
  expect(runs.size).toBeGreaterThan(3);
  for (const [name, run] of runs) {
    const row = rowOf(page, name).map((cell) => cell.replace(/^(\d+) s$/, "$1000"));
    expect([name, ...row]).toEqual(expect.arrayContaining([name, ...countsOf(run).map(String)]));
  }
});

it("docs/fidelity.md has the sums over its runs", () => {
  const page = readFileSync(`${project}docs/fidelity.md`, "utf8");
  const runs = [...runsIn("test/reference").values()];
  const spikes = runs.reduce((sum, run) => sum + run.spikes, 0);
  const events = runs.reduce((sum, run) => sum + run.cellEvents, 0);
  const grouped = String(spikes).replace(/(?<=\d)(?=(\d{3})+$)/g, " ");
  expect(page).toContain(`${grouped} spikes and ${(events / 1e6).toFixed(1)} million cell events`);
});
