import type { NameKind } from "./kind.ts";

/** Cells by their indices, and ranges of them. */
export const indices: NameKind = {
  form: 'indices ("0-9, 40")',
  matches: (text) => /^\s*\d+\s*(-\s*\d+\s*)?(,\s*\d+\s*(-\s*\d+\s*)?)*$/.test(text),
  resolve(text, { cellCount }) {
    const chosen = text.split(",").flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      if (last < first) throw new RangeError(`cells ${part.trim()}: expected an ascending range`);
      if (last >= cellCount) {
        throw new RangeError(
          `there is no cell ${last}: the column has cells 0 to ${cellCount - 1}`,
        );
      }
      return Array.from({ length: last - first + 1 }, (_, k) => first + k);
    });
    return [...new Set(chosen)].sort((a, b) => a - b);
  },
};
