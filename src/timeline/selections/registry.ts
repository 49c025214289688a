import { column } from "./column.ts";
import { fraction } from "./fraction.ts";
import { group } from "./group.ts";
import { indices } from "./indices.ts";
import type { NameKind, PartKind } from "./kind.ts";
import { within } from "./within.ts";

/** Texts that select cells. */
export const nameKinds: readonly NameKind[] = [group, indices];

/** Parts of a group, in the order in which those of one selection are applied. */
export const partKinds: readonly PartKind[] = [within, column, fraction];
