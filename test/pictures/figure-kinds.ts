import { type FigureKind, figureKindNames } from "../../src/pictures/kinds.ts";

/** Kinds that not every run has the data for: of the 2014 model, of training, of another run. */
const conditionalKinds: readonly FigureKind[] = ["charge", "growth", "volleys", "divergence"];

/** Kinds of which any recorded run has the data. */
export const commonKinds: readonly FigureKind[] = figureKindNames.filter(
  (kind) => !conditionalKinds.includes(kind),
);
