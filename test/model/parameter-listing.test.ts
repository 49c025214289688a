import { expect, test } from "vitest";
import { listParameters } from "../../src/model/parameter-listing.ts";
import { parameterNames } from "../../src/model/parameters.ts";

test("every parameter is listed with text in each field", () => {
  const listing = listParameters();
  expect(listing.map(({ name }) => name)).toEqual(parameterNames);
  for (const row of listing) {
    expect(row.doc).toMatch(/^[A-Z].*\.$/);
    expect(row.default).not.toBe("");
    expect(row.default).not.toBe("null");
    expect(row.allowed).not.toBe("");
  }
});

test("names tell their unit, wherever they have one", () => {
  const suffixes: Record<string, RegExp> = {
    ms: /Ms$/,
    s: /S$/,
    mV: /Mv$/,
    Hz: /Hz$/,
    µm: /Um$/,
    mM: /Mm$/,
    cells: /Cells$/,
  };
  for (const { name, unit } of listParameters()) {
    const suffix = suffixes[unit];
    if (suffix !== undefined) expect(name).toMatch(suffix);
    else expect(name).not.toMatch(/(Ms|Mv|Hz|Um|Mm)$/);
  }
});

test("a published value, a derived one, and a parameter that the original lacks", () => {
  const rows = new Map(listParameters().map((row) => [row.name, row]));
  expect(rows.get("scalingBeta")).toMatchObject({ original: ["activitybeta"], default: "4e-8" });
  expect(rows.get("connectionFactor")).toMatchObject({
    original: ["pmatscale"],
    unit: "1",
    default: "1 / sizeFactor",
  });
  expect(rows.get("sensorDecay")).toMatchObject({ original: [], default: "published" });
});
