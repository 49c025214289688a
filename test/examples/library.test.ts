import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, it } from "vitest";

/** Output of each example program, as it stands. */
const outputs = new Map(
  readdirSync("examples/library").map((name) => [
    name,
    execFileSync("node", [`examples/library/${name}`], { encoding: "utf8" }),
  ]),
);

it("stimulus-response.mjs shows layer 4 respond within 10 ms, and layer 5 after it", () => {
  const rows = outputs.get("stimulus-response.mjs")!.trim().split("\n").slice(1);
  const ratesHz = new Map(
    rows.map((row) => row.split(/ +/)).map(([name, ...rates]) => [name, rates.map(Number)]),
  );
  expect(ratesHz.size).toBe(13);
  const [before, , response, after] = ratesHz.get("E4")!;
  expect(response!).toBeGreaterThan(50 * before!);
  expect(after!).toBeLessThan(response! / 10);
  expect(ratesHz.get("E5B")![2]!).toBeGreaterThan(5 * ratesHz.get("E5B")![0]!);
});

it("no example goes untested", () => {
  expect([...outputs.keys()]).toEqual(["stimulus-response.mjs"]);
});
