/** A text as one word of POSIX shell: as it is where that is safe, else in single quotes. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Words as a line of shell. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(" ");
