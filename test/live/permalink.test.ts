import { deflateSync, strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { experimentText, presetExperiment } from "../../src/index.ts";
import { LiveColumn } from "../../src/live/session/live-column.ts";
import { openingExperiment } from "../../src/live/session/opening-experiment.ts";
import { LinkError, linkedPlace, placeLink } from "../../src/live/session/permalink.ts";
import { briskExperiment, simulated } from "./session.ts";

const presetNames = ["training-quick", "deletion-with-scaling-as-deposited", "scaling"];

const linkOf = (payload: unknown, version = 1) =>
  `${version}.${Buffer.from(deflateSync(strToU8(JSON.stringify(payload)))).toString("base64url")}`;

describe("a permalink", () => {
  it("carries the experiment, what was touched, and the moment, to the bit", () => {
    const column = new LiveColumn(briskExperiment());
    column.advance(500);
    column.touch({ plasticity: "on" });
    column.advance(700);
    column.touch({ delete: { cells: { of: "E4", fraction: 0.15, seed: 1 }, count: 2 } });
    column.advance(1230);
    const { experiment, touched, timeMs: momentMs } = column;
    const link = placeLink({ experiment, touched, momentMs });
    expect(link).toMatch(/^1\.[\w-]+$/);
    expect(link.length).toBeLessThan(800);
    const place = linkedPlace(link);
    expect(place.touched).toEqual(["plasticity-500", "delete-700"]);
    expect(place.momentMs).toBe(1230);
    expect(experimentText(place.experiment)).toBe(experimentText(experiment));
    const opened = new LiveColumn(place.experiment, place.touched);
    opened.goTo(place.momentMs);
    expect(simulated(experiment, 1230).gains).toEqual(opened.simulation.plasticGains());
    // The touch at 700 ms is known as one: another future at 600 ms does not keep it.
    opened.goTo(600);
    opened.touch({ scaling: "on" });
    expect(opened.touched).toEqual(["plasticity-500", "scaling-600"]);
  });

  it.each([
    ["opening", openingExperiment()],
    ...presetNames.map((name) => [name, presetExperiment(name)] as const),
  ] as const)("leads back to the same experiment: %s", (_, experiment) => {
    const place = linkedPlace(placeLink({ experiment, touched: [], momentMs: 0 }));
    expect(place.experiment.parameters.sizeFactor).toBe(experiment.parameters.sizeFactor);
    expect(experimentText(place.experiment)).toBe(experimentText(experiment));
  });

  const bad: [what: string, link: string, says: RegExp][] = [
    ["no link", "section", /no experiment/],
    ["another version", linkOf({}, 2), /version 2.*reads version 1/],
    [
      "one cut short",
      placeLink({ experiment: briskExperiment(), touched: [], momentMs: 0 }).slice(0, 60),
      /incomplete/,
    ],
    ["foreign letters", "1.????", /damaged/],
    ["another payload", linkOf({ experiment: 3 }), /damaged/],
    [
      "a moment before the beginning",
      linkOf({ experiment: "", touched: [], momentMs: -1 }),
      /damaged/,
    ],
    ["a bomb", `1.${"A".repeat(200_000)}`, /damaged/],
    [
      "an experiment that cannot be",
      linkOf({ experiment: "parameters: { scalingBetta: 3 }", touched: [], momentMs: 0 }),
      /cannot be run.*scalingBeta/s,
    ],
  ];

  it.each(bad)("explains what is wrong with %s", (_, link, says) => {
    expect(() => linkedPlace(link)).toThrow(LinkError);
    expect(() => linkedPlace(link)).toThrow(says);
  });
});
