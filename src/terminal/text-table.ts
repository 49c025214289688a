/** A column of a table in text. */
export interface TextColumn {
  readonly heading: string;
  readonly align?: "left" | "right";
}

/** Emphasis of headings; unchanged where there are no colours. */
export type Emphasis = (text: string) => string;

/**
 * Rows of cells as lines, in columns two spaces apart and as wide as their widest cell.
 *
 * No line ends in spaces, so that the last column may be of any length.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  emphasize: Emphasis = (text) => text,
): string {
  const headings = columns.map(({ heading }) => heading);
  const widths = columns.map((_, k) =>
    Math.max(...[headings, ...rows].map((row) => row[k]!.length)),
  );
  const line = (row: readonly string[]) =>
    columns
      .map(({ align }, k) =>
        align === "right" ? row[k]!.padStart(widths[k]!) : row[k]!.padEnd(widths[k]!),
      )
      .join("  ")
      .trimEnd();
  return [emphasize(line(headings)), ...rows.map(line)].map((text) => `${text}\n`).join("");
}

/** A text in lines of at most `width` letters, broken at spaces, each after `indent`. */
export function wrapText(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((one) => `${indent}${one}\n`).join("");
}
