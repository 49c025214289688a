const token = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([-+*/()]))\s*/y;

/** Numbers and operators of an expression, or undefined where something else stands in it. */
function tokens(text: string): (number | string)[] | undefined {
  const found: (number | string)[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return undefined;
    found.push(match[1] === undefined ? match[2]! : Number(match[1]));
  }
  return found;
}

/**
 * Value of an expression of decimal numbers, + - * / and parentheses, such as "4*15/11".
 *
 * In doubles, from left to right, multiplication and division before addition and subtraction.
 * Undefined where the text is no such expression or its value no number; infinite where it is too
 * large or divided by zero.
 */
export function evaluateArithmetic(text: string): number | undefined {
  const input = tokens(text);
  if (input === undefined) return undefined;
  let position = 0;

  /** A missing operand counts as NaN, and so does the whole expression. */
  function operand(): number {
    const next = input![position++];
    if (typeof next === "number") return next;
    if (next === "-") return -operand();
    if (next === "+") return operand();
    if (next !== "(") return Number.NaN;
    const value = sum();
    return input![position++] === ")" ? value : Number.NaN;
  }

  function product(): number {
    let value = operand();
    while (input![position] === "*" || input![position] === "/") {
      const multiply = input![position++] === "*";
      value = multiply ? value * operand() : value / operand();
    }
    return value;
  }

  function sum(): number {
    let value = product();
    while (input![position] === "+" || input![position] === "-") {
      const add = input![position++] === "+";
      value = add ? value + product() : value - product();
    }
    return value;
  }

  const value = sum();
  return position === input.length && !Number.isNaN(value) ? value : undefined;
}
