/** A text that is not hoc; the message is a sentence without its full stop. */
export class HocError extends Error {
  override readonly name = "HocError";
}

/** A word of hoc, NEURON's language, and where it begins in its text. */
export interface HocToken {
  readonly kind: "number" | "name" | "string" | "operator";
  readonly text: string;
  readonly start: number;
}

const pattern = new RegExp(
  [
    /(?<blank>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
    /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/,
    /(?<name>[A-Za-z_]\w*)/,
    /(?<string>"[^"\n]*")/,
    /(?<operator>&&|\|\||[-+*/=<>!]=|[-+*/%^=<>!(){},;])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "y",
);

/**
 * Words of a text; blanks and comments are left out.
 *
 * @throws {HocError} at a character that begins no word
 */
export function hocTokens(text: string): HocToken[] {
  const tokens: HocToken[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    if (text.startsWith("/*", start) && !text.includes("*/", start + 2)) {
      throw new HocError("a comment is not closed by */");
    }
    const groups = pattern.exec(text)?.groups;
    if (!groups) throw new HocError(`"${text[start]}" is not allowed there`);
    for (const kind of ["number", "name", "string", "operator"] as const) {
      if (groups[kind] !== undefined) tokens.push({ kind, text: groups[kind], start });
    }
  }
  return tokens;
}
