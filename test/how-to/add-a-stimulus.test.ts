import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

it("the page Add a stimulus adds a pattern that can be run, listed and checked", () => {
  const copy = followPage("add-a-stimulus");
  const list = execFileSync("node", ["dist/cli/main.js", "list", "interventions"], {
    cwd: copy,
    encoding: "utf8",
  });
  expect(list).toContain("bursts, in bursts at equal intervals");
  expect(list).toMatch(/size .*\(bursts; by default 5\)/);
  const { timesMs, cells } = openRun(join(copy, "runs/bursts")).spikes({ startMs: 1000 });
  // Both E2's spikes and their times are those of the bursts: 1 s, 1.2 s, 1.4 s.
  const { firstCell, cellCount } = openRun(join(copy, "runs/bursts")).manifest.populations.find(
    ({ name }) => name === "E2",
  )!;
  const ofE2 = Array.from(timesMs).filter(
    (_, k) => cells[k]! >= firstCell && cells[k]! < firstCell + cellCount,
  );
  const inBursts = ofE2.filter((timeMs) => timeMs < 1500 && (timeMs - 1000) % 200 < 20);
  expect(inBursts.length).toBeGreaterThan(2 * cellCount);
});
