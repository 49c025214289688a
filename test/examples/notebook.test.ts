import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../cli/command.ts";
import { pythonWith } from "../export/python.ts";

const project = new URL("../../", import.meta.url).pathname;
const path = join(project, "examples/python/analysis.ipynb");
const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
  cells: { cell_type: string; source: string[]; outputs?: unknown[] }[];
};
const codeCells = cells.filter(({ cell_type }) => cell_type === "code");
const python = pythonWith("h5py, matplotlib");

it("the notebook is stored without outputs", () => {
  expect(codeCells.flatMap(({ outputs }) => outputs)).toEqual([]);
});

it.skipIf(!python)("every cell of the notebook runs, and its figures are drawn", () => {
  const cwd = temporaryFolder();
  const save = "for k in plt.get_fignums(): plt.figure(k).savefig(f'figure-{k}.png', dpi=50)";
  const code = [...codeCells.map(({ source }) => source.join("")), save].join("\n\n");
  const env = {
    ...process.env,
    MPLBACKEND: "Agg",
    ISOCORTEX: `node '${join(project, "dist/cli/main.js")}'`,
  };
  // Where nothing has been drawn before, Matplotlib says that it lists fonts.
  spawnSync(python!, ["-c", "import matplotlib.font_manager"], { env });
  const { status, stdout, stderr } = spawnSync(python!, ["-c", code], {
    cwd,
    env,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toContain("activity agrees in 145 samples\n");
  expect(stdout).toContain("scale agrees in 145 samples\n");
  expect(stdout).toContain(" spikes of 470 cells; 30 cells in E4\n");
  expect(readdirSync(cwd).filter((name) => name.endsWith(".png"))).toHaveLength(4);
});
