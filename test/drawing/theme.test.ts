import { describe, expect, test } from "vitest";
import { themes } from "../../src/drawing/theme.ts";
import { populations } from "../../src/model/populations.ts";

type Triple = readonly [number, number, number];

const linear = (color: string): Triple =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;

const product = (matrix: readonly Triple[], vector: Triple): Triple =>
  matrix.map(([a, b, c]) => a * vector[0] + b * vector[1] + c * vector[2]) as unknown as Triple;

/** CIE L*a*b* of linear sRGB under D65. */
function lab(rgb: Triple): Triple {
  const [x, y, z] = product(
    [
      [0.4124, 0.3576, 0.1805],
      [0.2126, 0.7152, 0.0722],
      [0.0193, 0.1192, 0.9505],
    ],
    rgb,
  );
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.9505), f(y), f(z / 1.089)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** Full colour-vision deficiencies (Machado, Oliveira & Fernandes 2009). */
const visions: Record<string, readonly Triple[]> = {
  "normal vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const luminance = (color: string) => product([[0.2126, 0.7152, 0.0722]], linear(color))[0];

/** Contrast of two colours, 1 to 21 (WCAG 2). */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(Object.entries(themes))("the %s theme", (_, theme) => {
  const neighbours = populations
    .slice(1)
    .map(({ name }, k) => [populations[k]!.name, name] as const)
    .map(([a, b]) => [theme.populations[a], theme.populations[b]] as const);

  test("gives neighbouring populations different lightness, so in grey too", () => {
    for (const [a, b] of neighbours) {
      expect(Math.abs(lab(linear(a))[0] - lab(linear(b))[0])).toBeGreaterThan(9);
    }
  });

  test.each(Object.entries(visions))("keeps colours apart in %s", (_name, matrix) => {
    const seen = (color: string) => lab(product(matrix, linear(color)));
    const distance = (a: string, b: string) => {
      const [p, q] = [seen(a), seen(b)];
      return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    };
    for (const [a, b] of neighbours) expect(distance(a, b)).toBeGreaterThan(18);
    const colors = [...new Set(Object.values(theme.populations))];
    expect(colors).toHaveLength(7);
    for (const a of colors) {
      for (const b of colors) if (a !== b) expect(distance(a, b)).toBeGreaterThan(10);
    }
    expect(distance(theme.excitatory, theme.inhibitory)).toBeGreaterThan(40);
    // The first four are what comparisons of runs use most.
    for (const a of theme.series.slice(0, 4)) {
      for (const b of theme.series.slice(0, 4)) {
        if (a !== b) expect(distance(a, b)).toBeGreaterThan(10);
      }
    }
  });

  test("is legible: text and lines stand out from the background", () => {
    for (const text of [theme.ink, theme.quietInk]) {
      expect(contrast(text, theme.background)).toBeGreaterThan(4.5);
    }
    for (const line of [theme.excitatory, theme.inhibitory, ...theme.series]) {
      expect(contrast(line, theme.background)).toBeGreaterThan(2);
    }
  });
});
