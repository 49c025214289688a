import type { Paper, PaperFigure } from "./figure.ts";
import { figure2013, figureNumbers2013, type Reading } from "./figures-2013.ts";
import { figure2014, figureNumbers2014 } from "./figures-2014.ts";

interface PaperDescription {
  readonly citation: string;
  readonly figures: readonly number[];
  /** Content of the figures that show no results. */
  readonly otherFigures: string;
  readonly figure: (number: number, reading?: Reading) => PaperFigure;
}

/** Each paper and its figures. */
export const papers: Readonly<Record<Paper, PaperDescription>> = {
  2013: {
    citation: "Rowan & Neymotin (2013)",
    figures: figureNumbers2013,
    otherFigures: "Figure 1 is a diagram of the model; figures 2 to 7 show results.",
    figure: figure2013,
  },
  2014: {
    citation: "Rowan, Neymotin & Lytton (2014)",
    figures: figureNumbers2014,
    otherFigures: "Figures 1 to 4 explain the model and its methods; figures 5 to 11 show results.",
    figure: figure2014,
  },
};
