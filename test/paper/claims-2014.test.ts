import { describe, expect, it } from "vitest";
import {
  type ClaimId2014,
  claims2014,
  judge2014,
  type ReplicatedEvidence,
  type ReplicateEvidence,
} from "../../src/paper/claims-2014.ts";
import { figure2014, figureNumbers2014, publishedSeeds } from "../../src/paper/figures-2014.ts";

const replicate: ReplicateEvidence = {
  seed: 1,
  deadE: 40,
  deadI: 10,
  dynamicDeaths: 34,
  activityBeforeHz: 0.6,
  activityEndHz: 0.6,
  scaleFactorEnd: 1.2,
  information: [
    { E4: 0.1, E2: 0.2 },
    { E4: 0.3, E2: 0.2 },
    { E4: 0.25, E2: 0.1 },
  ],
};

const of = (conditions: Record<string, Partial<ReplicateEvidence>[]>): ReplicatedEvidence =>
  new Map(
    Object.entries(conditions).map(([role, replicates]) => [
      role,
      replicates.map((own) => ({ ...replicate, ...own })),
    ]),
  );

const stimulated = (low: Partial<ReplicateEvidence>, high: Partial<ReplicateEvidence> = low) =>
  of({ baseline: [{}, {}], "1 Hz": [low, low], "30 Hz": [high, high] });

/** Evidence for and against each claim. */
const cases: Readonly<Record<ClaimId2014, readonly [ReplicatedEvidence, ReplicatedEvidence]>> = {
  "loss-silences": [
    of({ withoutScaling: [{ activityEndHz: 0.2 }, { activityEndHz: 0.6 }] }),
    of({ withoutScaling: [{ activityEndHz: 0.55 }, { activityEndHz: 0.6 }] }),
  ],
  "scaling-restores-activity": [
    of({ withoutScaling: [{ activityEndHz: 0.2 }], withScaling: [{}] }),
    of({ withoutScaling: [{}], withScaling: [{}] }),
  ],
  "scaling-drives-loss": [
    of({ withoutScaling: [{}, {}], withScaling: [{}, { dynamicDeaths: 1 }] }),
    of({ withoutScaling: [{}, {}], withScaling: [{}, { dynamicDeaths: 0 }] }),
  ],
  "stimulation-raises-activity": [
    stimulated({ activityEndHz: 0.7 }, { activityEndHz: 0.1 }),
    stimulated({ activityEndHz: 0.5 }, { activityEndHz: 9 }),
  ],
  "stimulation-lowers-scaling": [
    stimulated({ scaleFactorEnd: 1.1 }, { scaleFactorEnd: 4 }),
    stimulated({ scaleFactorEnd: 1.3 }, { scaleFactorEnd: 0.1 }),
  ],
  "stimulation-slows-loss": [
    stimulated({ deadE: 39 }, { deadE: 300 }),
    stimulated({ deadI: 12 }, { deadE: 0 }),
  ],
  "signal-adds-information": [
    of({ signal: [{}] }),
    of({ signal: [{ information: [{ E4: 0.4 }, { E4: 0.3 }] }] }),
  ],
  "stimulation-keeps-information": [
    of({ signal: [{}] }),
    of({ signal: [{ information: [{ E4: 0 }, { E4: 0.3 }, { E4: 0.1 }] }] }),
  ],
  "loss-reduces-information": [
    of({
      "1 mV": [
        {
          information: [
            { E4: 0.3, E2: 0.2 },
            { E4: 0.1, E2: 0.3 },
          ],
        },
      ],
    }),
    of({
      "1 mV": [
        {
          information: [
            { E4: 0.3, E2: 0.2 },
            { E4: 0.1, E2: 0.5 },
          ],
        },
      ],
    }),
  ],
};

describe.each(Object.keys(claims2014) as ClaimId2014[])(
  "the claim %s of the second paper",
  (id) => {
    it("holds where it should, and not where it should not", () => {
      const [supporting, refuting] = cases[id];
      expect(judge2014(id, supporting)).toMatchObject({ id, holds: true });
      expect(judge2014(id, refuting)).toMatchObject({ id, holds: false });
    });
  },
);

it("compares replicates seed by seed, and with the first condition", () => {
  const evidence = of({
    baseline: [
      { deadE: 10, deadI: 1 },
      { deadE: 20, deadI: 2 },
    ],
    "3 Hz": [
      { deadE: 5, deadI: 1 },
      { deadE: 20, deadI: 5 },
    ],
  });
  const { measured } = judge2014("stimulation-slows-loss", evidence);
  expect(measured).toEqual([{ name: "difference of dead cells at 3 Hz", value: -1, unit: "1" }]);
});

it("each claim is of a figure, and each figure has the runs that its claims are about", () => {
  const figures = figureNumbers2014.map(figure2014);
  expect(new Set(figures.flatMap(({ claims }) => claims))).toEqual(
    new Set(Object.keys(claims2014)),
  );
  for (const { conditions, claims, segments = {} } of figures) {
    const information = Object.keys(segments).map(() => ({ E4: 1, E2: 1 }));
    const evidence = of(
      Object.fromEntries(conditions.map(({ role }) => [role, [{ information }]])),
    );
    for (const id of claims) {
      for (const { value } of judge2014(id, evidence).measured) expect(value).not.toBeNaN();
    }
  }
});

it("averages over the 50 published seeds", () => {
  expect(publishedSeeds).toHaveLength(50);
  expect(new Set(publishedSeeds).size).toBe(50);
});
