/** Numbers that JSON lacks, by the names that stand for them. */
const unusual: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** JSON in which "NaN", "Infinity" and "-Infinity" stand for the numbers that it lacks. */
export function numberJson(value: unknown, indent?: number): string {
  const named = (_: string, part: unknown) =>
    typeof part === "number" && !Number.isFinite(part) ? String(part) : part;
  return JSON.stringify(value, named, indent);
}

/** Value written by {@link numberJson}. */
export function parseNumberJson(text: string): unknown {
  const numbered = (_: string, part: unknown) =>
    typeof part === "string" && Object.hasOwn(unusual, part) ? unusual[part] : part;
  return JSON.parse(text, numbered);
}
