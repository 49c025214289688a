import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { measureDefinitions } from "../../src/measures/quantities.ts";

it("the documentation lists every measure as it is", () => {
  const page = readFileSync(new URL("../../docs/sweeps.md", import.meta.url), "utf8");
  const rows = Object.entries(measureDefinitions).map(
    ([name, { unit, doc }]) => `| \`${name}\` | ${unit === "1" ? "" : unit} | ${doc} |`,
  );
  expect(page).toContain(rows.join("\n"));
});
