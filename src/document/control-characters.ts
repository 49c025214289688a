/** Characters that end lines, steer terminals or cannot be printed; tabs are none of them. */
const controlCharacter = /[\p{Cc}\u2028\u2029]/u;

/** The first control character of a text by its code, such as "U+000A"; undefined if there is none. */
export function controlCharacterIn(text: string): string | undefined {
  const found = controlCharacter.exec(text.replaceAll("\t", " "))?.[0];
  if (found === undefined) return undefined;
  return `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
