/** Characters of a line that are shown of its beginning and of its end, if it repeats a long value. */
const MOST_AT_BEGINNING = 1500;
const MOST_AT_END = 500;

/**
 * The text of a message, its further lines set under the first: of names in it, what steers a
 * terminal is shown, and of very long lines the middle left out.
 */
export const messageText = (text: string): string =>
  text
    .replace(/[^\P{Cc}\n\t]/gu, (found) => JSON.stringify(found).slice(1, -1))
    .split("\n")
    .map(shortened)
    .join("\n       ");

function shortened(line: string): string {
  const { length } = line;
  if (length <= MOST_AT_BEGINNING + MOST_AT_END) return line;
  const [beginning, end] = [line.slice(0, MOST_AT_BEGINNING), line.slice(-MOST_AT_END)];
  return `${beginning} … (${length} characters) … ${end}`;
}
