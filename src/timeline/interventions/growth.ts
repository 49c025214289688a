import type { Column } from "../column.ts";
import { keys, number, toggle } from "./fields.ts";
import { instantKind } from "./kind.ts";

/** The activity of the network at the first update, and the growth factor. */
export interface Growth {
  readonly targetActivity: number;
  readonly factor: number;
}

/** Name of these among shared values. */
export const GROWTH = "growth";

export const growth = instantKind({
  key: "growth",
  description:
    "Updates the growth factor, which multiplies the targets of scaling: the activity of the " +
    "whole column at the first update, divided by the present one (2014 model).",
  example: "from 20 s every 10 s: growth {}",
  schema: keys({
    activity: number("Activity of the column that is divided; default: that at the first update.", {
      minimum: 0,
    }).optional(),
    record: toggle("An event of the record with the factor.", false),
  }),
  label: () => "growth factor",
  models: [2014],
  initial: null,
  act({ activity, record }, kept, column) {
    const present = networkActivity(column);
    const { targetActivity = activity ?? present } = column.shared<Growth>(GROWTH) ?? {};
    const factor = targetActivity / present;
    column.share(GROWTH, { targetActivity, factor } satisfies Growth);
    column.change("setGrowthFactor", factor);
    if (!record) return { kept, events: [] };
    const detail = { factor };
    return { kept, events: [{ kind: "intervention", what: "growth", phase: "done", detail }] };
  },
});

/** Sum of all cells' activities as of their last arrivals, dead cells included. */
const networkActivity = (column: Column): number =>
  column.cellState().activity.reduce((sum, one) => sum + one, 0);
