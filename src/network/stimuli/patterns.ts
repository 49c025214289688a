import type { Pattern } from "./pattern.ts";
import { poisson } from "./poisson.ts";
import { regular } from "./regular.ts";
import { volleys } from "./volleys.ts";

/** The ways to generate input, by the names that files have for them. */
export const patterns = { poisson, regular, volleys } as const;

export type PatternName = keyof typeof patterns;

export const patternNames = Object.keys(patterns) as PatternName[];

/** A pattern by its name, whatever keys it has. */
export const findPattern = (name: PatternName): Pattern => patterns[name] as unknown as Pattern;
