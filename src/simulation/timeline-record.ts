import type { Manifest } from "../recording/manifest.ts";
import { cellsText } from "../timeline/cell-selection.ts";
import { selectionsOf } from "../timeline/entries.ts";
import type { Simulation } from "./advance.ts";

/** A simulation's timeline for its manifest: every entry with its times, cells and values. */
export const timelineRecord = ({ timeline, network }: Simulation): Manifest["timeline"] =>
  timeline.map(({ id, origin, when, kind, action, source }) => ({
    id,
    origin,
    what: kind.key,
    label: kind.label(action),
    entry: plain(source),
    when: plain(when),
    action: plain({ value: action })["value"]!,
    cells: Object.fromEntries(
      selectionsOf(when, kind, action).map(([path, selection]) => [
        path.map(String).join("."),
        cellsText(selection.resolve(network)),
      ]),
    ),
  }));

type Plain = NonNullable<Manifest["timeline"]>[number]["entry"];

/** Values as JSON has them: an endless time is null. */
const plain = (value: object): Plain => JSON.parse(JSON.stringify(value));
