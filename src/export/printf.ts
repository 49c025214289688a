/** A number as C prints it with `%.Nf`: exact ties go to the even digit, not up as in JavaScript. */
export function cFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return unusualText(value);
  // Beyond 10²¹ JavaScript turns to exponents, and all numbers are whole.
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}.${"0".repeat(digits)}`;
  const text = value.toFixed(digits);
  // Only odd multiples of 2^−(digits + 1) lie half-way between two numbers of so many digits.
  const isTie = Math.abs((value * 2 ** (digits + 1)) % 2) === 1;
  const last = Number(text.at(-1));
  return isTie && last % 2 === 1 ? `${text.slice(0, -1)}${last - 1}` : text;
}

/** A number as C prints it with `%.Ne`, its exponent of two digits at least. */
export function cScientific(value: number, digits: number): string {
  if (!Number.isFinite(value)) return unusualText(value);
  const [digitsText, exponent] = value.toExponential(digits).split("e");
  return `${digitsText}e${exponent![0]}${exponent!.slice(1).padStart(2, "0")}`;
}

const unusualText = (value: number): string =>
  Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
