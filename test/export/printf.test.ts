import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cFixed, cScientific } from "../../src/export/printf.ts";

const dyadic = fc
  .tuple(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), fc.nat({ max: 12 }))
  .map(([numerator, power]) => numerator / 2 ** power);

/** What the shell's printf, which calls C's, makes of numbers. */
function printf(format: string, values: readonly (number | string)[]): string[] {
  const args = values.map((value) => (typeof value === "string" ? value : value.toPrecision(17)));
  const env = { ...process.env, LC_ALL: "C" };
  return spawnSync("/usr/bin/printf", [`${format}\n`, ...args], { env, encoding: "utf8" })
    .stdout.trimEnd()
    .split("\n");
}

it("prints numbers as C does, exact ties included", () => {
  const values = [0.0000005, 1 / 128, 3 / 128, -1 / 128, 0.5, 100_000, 4e-8, 1e-10, 0, 1234567];
  const random = fc.sample(fc.double({ min: -1e6, max: 1e6, noNaN: true }), 300);
  const all = [...values, ...random, ...fc.sample(dyadic, 300)];
  expect(all.map((value) => cFixed(value, 6))).toEqual(printf("%.6f", all));
  expect(all.map((value) => cFixed(value, 2))).toEqual(printf("%.2f", all));
  const huge = [1e21, -1e37, 1.7976931348623157e308, Infinity, -Infinity, Number.NaN];
  const names = { Infinity: "inf", "-Infinity": "-inf" } as Record<string, string>;
  const given = huge.map((value) =>
    Number.isFinite(value) ? String(BigInt(value)) : (names[String(value)] ?? "nan"),
  );
  for (const [k, text] of given.entries()) {
    const [fixed, scientific] = ["%.6f", "%.6e"].map((format) => printf(format, [text])[0]);
    expect([cFixed(huge[k]!, 6), cScientific(huge[k]!, 6)]).toEqual([fixed, scientific]);
  }
  const untied = [...values, ...random];
  expect(untied.map((value) => cScientific(value, 6))).toEqual(printf("%.6e", untied));
});
