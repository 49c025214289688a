import { HocError } from "./hoc-tokens.ts";

/** Function of an operator. */
export type Operation = (a: number, b: number) => number;

/**
 * x^n by multiplication, to the same bits everywhere; powers of 10 as decimals are read, so that 10^-9
 * is 1e-9. Of exponents that are not whole only a half is taken, as the root.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 0.5) return Math.sqrt(base);
  if (!Number.isInteger(exponent)) throw new HocError(`^ takes whole exponents, not ${exponent}`);
  if (base === 10) return Number(`1e${exponent}`);
  let product = 1;
  let square = base;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) product *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / product : product;
}

/** Operators by how strongly they bind, and what they do. */
export const hocOperators: Readonly<Record<string, readonly [strength: number, Operation]>> = {
  "||": [1, (a, b) => Number(a !== 0 || b !== 0)],
  "&&": [2, (a, b) => Number(a !== 0 && b !== 0)],
  ">": [3, (a, b) => Number(a > b)],
  ">=": [3, (a, b) => Number(a >= b)],
  "<": [3, (a, b) => Number(a < b)],
  "<=": [3, (a, b) => Number(a <= b)],
  "==": [3, (a, b) => Number(a === b)],
  "!=": [3, (a, b) => Number(a !== b)],
  "+": [4, (a, b) => a + b],
  "-": [4, (a, b) => a - b],
  "*": [5, (a, b) => a * b],
  "/": [5, (a, b) => a / b],
  // Of the sign of the divisor.
  "%": [5, (a, b) => ((a % b) + b) % b],
  "^": [7, power],
};

/** Precedence of a sign: above a product, below a power. */
export const SIGN_STRENGTH = 6;

/** Numbers that hoc knows by name. */
export const hocConstants: Readonly<Record<string, number>> = {
  PI: Math.PI,
  E: Math.E,
  DEG: 180 / Math.PI,
};

/** Functions of hoc that parameters may need. */
export const hocFunctions: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  int: Math.trunc,
  sqrt: Math.sqrt,
};
