import type { PopulationName } from "../model/populations.ts";

/** Colours of a figure. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  /** Axes, labels, and lines of all cells together. */
  readonly ink: string;
  /** Secondary text: periods and notes. */
  readonly quietInk: string;
  /** Thin lines between layers and periods. */
  readonly hairline: string;
  /** Background of every second layer. */
  readonly shade: string;
  /** Populations: excitatory by layer in dark, cool colours, inhibitory by class in light, warm colours. */
  readonly populations: Readonly<Record<PopulationName, string>>;
  /** All excitatory and all inhibitory cells. */
  readonly excitatory: string;
  readonly inhibitory: string;
  /** Single cells and compared runs, in this order, cyclically. */
  readonly series: readonly string[];
}

const fastSpiking = "#e2672c";
const lowThresholdSpiking = "#f3b13a";
const nightFastSpiking = "#d2533c";
const nightLowThresholdSpiking = "#c78e1c";

/**
 * Theme for print, dark on white. Colours are distinguishable for colour-blind readers; neighbouring
 * populations differ in lightness, and therefore in greyscale.
 *
 * @example
 * ```ts
 * import { lightTheme } from "isocortex/figures";
 *
 * console.log(lightTheme.excitatory, lightTheme.inhibitory, lightTheme.populations.E5R);
 * ```
 */
export const lightTheme: Theme = {
  name: "light",
  background: "#ffffff",
  ink: "#1a1a1a",
  quietInk: "#6b6b6b",
  hairline: "#c9c9c9",
  shade: "#f5f5f3",
  populations: {
    E6: "#6b2460",
    I6: fastSpiking,
    I6L: lowThresholdSpiking,
    E5B: "#06463b",
    E5R: "#0b7a62",
    I5: fastSpiking,
    I5L: lowThresholdSpiking,
    E4: "#2177b0",
    I4: fastSpiking,
    I4L: lowThresholdSpiking,
    E2: "#0b4a8f",
    I2: fastSpiking,
    I2L: lowThresholdSpiking,
  },
  excitatory: "#0b4a8f",
  inhibitory: "#d6551c",
  // Okabe & Ito (2008), without its yellow, which is too faint for lines.
  series: ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"],
};

/**
 * Theme for dark screens, light on near black; the excitatory populations are lightest.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 * import { darkTheme, type FigurePopulation, rasterFigure } from "isocortex/figures";
 * import { figureDocument } from "isocortex/node";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const populations = run.manifest.populations as readonly FigurePopulation[];
 * const raster = analysis.spikeRaster(run.spikes(), populations, { startMs: 0, endMs: 2000 });
 * const options = { document: figureDocument(), theme: darkTheme };
 * console.log(rasterFigure({ ...raster, populations }, options).svg.length);
 * ```
 */
export const darkTheme: Theme = {
  name: "dark",
  background: "#14161a",
  ink: "#ececec",
  quietInk: "#9a9da3",
  hairline: "#4a4e55",
  shade: "#1f2228",
  populations: {
    E6: "#eeaae2",
    I6: nightFastSpiking,
    I6L: nightLowThresholdSpiking,
    E5B: "#d7f7de",
    E5R: "#6ed498",
    I5: nightFastSpiking,
    I5L: nightLowThresholdSpiking,
    E4: "#69dffb",
    I4: nightFastSpiking,
    I4L: nightLowThresholdSpiking,
    E2: "#96bdff",
    I2: nightFastSpiking,
    I2L: nightLowThresholdSpiking,
  },
  excitatory: "#7db7ff",
  inhibitory: "#ff8b5e",
  series: ["#56b4e9", "#ff8c3a", "#2fc49a", "#e58fc0", "#b9dcf5", "#f0c04a", "#ffffff"],
};

/** Themes by name. */
export const themes = { light: lightTheme, dark: darkTheme } as const;

export type ThemeName = Theme["name"];

/** Helvetica where it is installed, Arimo (of the same widths) where this package draws. */
export const fontFamily = "Helvetica, Arial, Arimo, 'Liberation Sans', sans-serif";

/** Type sizes in px at print size, 1/96 inch: from 8.25 to 6 pt. */
export const fontSizesPx = { title: 11, label: 10, tick: 9, note: 8 } as const;

/** Width of a figure across both columns of a page, 180 mm, in px of 1/96 inch. */
export const pageWidthPx = 680;
