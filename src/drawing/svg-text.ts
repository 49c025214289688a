const numericAttributes = new Set(
  "d height points r stroke-width transform viewBox width x x1 x2 y y1 y2".split(" "),
);

const roundNumbers = (text: string): string =>
  text.replace(/-?\d*\.\d+(?:e[-+]?\d+)?/gi, (number) =>
    String(Math.round(Number(number) * 100) / 100 + 0),
  );

/** Characters that XML does not allow, and those that print nothing. */
const unprintable = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const escapeText = (text: string): string =>
  text
    .replace(/[\t\n\r]+/g, " ")
    .replace(unprintable, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** Attributes by name: documents differ in the order in which they keep them. */
function attributesText(element: Element, ink: string): string {
  return [...element.attributes]
    .filter(({ name }) => name !== "class")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => {
      let text = numericAttributes.has(name) ? roundNumbers(value) : value;
      if (text === "currentColor") text = ink;
      return ` ${name}="${escapeText(text).replaceAll('"', "&quot;")}"`;
    })
    .join("");
}

/**
 * An element as SVG text that is the same in every document: lengths rounded to 0.01 px, colours
 * resolved, style sheets left out (other programs read them differently).
 */
export function svgText(element: Element, ink: string): string {
  const name = element.localName;
  if (name === "style") return "";
  const content = [...element.childNodes]
    .map((child) =>
      child.nodeType === 1 ? svgText(child as Element, ink) : escapeText(child.textContent ?? ""),
    )
    .join("");
  const open = `<${name}${attributesText(element, ink)}`;
  return content === "" ? `${open}/>` : `${open}>${content}</${name}>`;
}

/**
 * SVG text with its elements' names replaced by "part-1", "part-2", … in order: libraries number
 * them on from one picture to the next, so that the same picture would not be the same text.
 */
export function numberIds(svg: string): string {
  const numbers = new Map<string, string>();
  for (const [, id] of svg.matchAll(/ id="([^"]+)"/g)) numbers.set(id!, `part-${numbers.size + 1}`);
  const renamed = (id: string) => numbers.get(id) ?? id;
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${renamed(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${renamed(id)})`);
}
