import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

it("the page Add an intervention adds one that can be run, listed and read", () => {
  const copy = followPage("add-an-intervention");
  const list = execFileSync("node", ["dist/cli/main.js", "list", "interventions"], {
    cwd: copy,
    encoding: "utf8",
  });
  expect(list).toContain("Multiplies the weights of all external input by a factor, permanently.");
  const run = openRun(join(copy, "runs/wane"));
  const waned = run.events().filter((event) => "what" in event && event.what === "wane");
  expect(waned.map(({ timeMs }) => timeMs)).toEqual([1000, 1500, 2000, 2500, 3000]);
  const countIn = (startMs: number) => run.countSpikes({ startMs, endMs: startMs + 1000 });
  expect(countIn(3000)).toBeLessThan(countIn(0) / 2);
});
