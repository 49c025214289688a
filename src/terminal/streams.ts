/** True if a stream is a terminal that can redraw a line. */
export const canRedraw = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && process.env["TERM"] !== "dumb";

/** Letters that fit in a line of a stream; 80 where that is unknown. */
export const columnsOf = (stream: NodeJS.WriteStream): number => stream.columns || 80;

type Style = (text: string) => string;

/** Ways to set text off. */
export interface Palette {
  readonly bold: Style;
  readonly faint: Style;
  readonly red: Style;
  readonly green: Style;
}

/** Colours and weights for a stream: none unless it is a terminal that has them; honours NO_COLOR. */
export function palette(stream: NodeJS.WriteStream): Palette {
  const colored = stream.isTTY === true && stream.hasColors();
  const style = (on: number, off: number) => (text: string) =>
    colored ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { bold: style(1, 22), faint: style(2, 22), red: style(31, 39), green: style(32, 39) };
}

/** Prints a value as JSON on standard output. */
export const printJson = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

/** Says something on the side: on standard error, so that what a command prints stays as it is. */
export const writeNote = (text: string): void => {
  process.stderr.write(`note: ${text}\n`);
};
