import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateArithmetic } from "../../src/model/hoc-reader.ts";

test.each([
  ["10e3", 10_000],
  ["4*15/11", 60 / 11],
  ["160e3*1e3", 1.6e8],
  [".5", 0.5],
  ["5.", 5],
  ["1E-3", 0.001],
  [" ( 1 + 2 ) * 3 ", 9],
  ["1+2*3", 7],
  ["10-4-3", 3],
  ["16/4/2", 2],
  ["-2*-3", 6],
  ["-(1+2)", -3],
  ["2--3", 5],
  ["+7", 7],
  ["2^3", 8],
  ["-2^2", -4],
  ["2^3^2", 512],
  ["2^0", 1],
  ["9^0.5", 3],
  ["2^-1", 0.5],
  ["10^-9", 1e-9],
  ["2*3^2", 18],
  ["-7%3", 2],
  ["-2*-2^2", 8],
  ["1+1==2", 1],
  ["!0+1", 2],
  ["2>1 && 1>2 || 0", 0],
  ["int(7/2)+abs(-1)+sqrt(16)", 8],
  ["1e3 // ms", 1000],
  ["2 /* two */ * 3", 6],
])("%s is %d", (text, value) => {
  expect(evaluateArithmetic(text)).toBe(value);
});

test.each([
  "",
  " ",
  "abc",
  "1e",
  "0x10",
  "1 2",
  "1+",
  "*2",
  "(1",
  "1)",
  "()",
  "1,5",
  "2^",
  "2^0.3",
  "2^(0/0)",
  "a=5",
  "exp(1)",
  "1 /* one",
  "1e3b",
  "Infinity",
  "NaN",
  "0/0",
  "PreDur*2",
  "process.exit()",
])("%j is no number", (text) => {
  expect(evaluateArithmetic(text)).toBeUndefined();
});

test("too large a number and division by zero are infinite", () => {
  expect(evaluateArithmetic("1e999")).toBe(Number.POSITIVE_INFINITY);
  expect(evaluateArithmetic("-1/0")).toBe(Number.NEGATIVE_INFINITY);
});

test("every finite number reads back exactly", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, (value) => {
      expect(evaluateArithmetic(String(value))).toBe(value === 0 ? 0 : value);
    }),
  );
});

interface Expression {
  readonly text: string;
  readonly value: number;
}

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.nat(1000).map((value) => ({ text: String(value), value })),
    fc
      .tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/"), tie("expression"))
      .map(([left, operator, right]) => ({
        text: `(${left.text} ${operator}${right.text})`,
        value: {
          "+": left.value + right.value,
          "-": left.value - right.value,
          "*": left.value * right.value,
          "/": left.value / right.value,
        }[operator]!,
      })),
  ),
}));

test("nested expressions have the value that doubles give", () => {
  fc.assert(
    fc.property(expression, ({ text, value }) => {
      expect(evaluateArithmetic(text)).toBe(Number.isNaN(value) ? undefined : value);
    }),
  );
});
