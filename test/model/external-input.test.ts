import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { externalEventLimit, externalInputs } from "../../src/model/external-input.ts";

test("the published input, in the order of its streams", () => {
  const gaba = {
    weightMv: { E: 1.875, LTS: 1.875, FS: 1.875 },
    rateHz: { E: 125, LTS: 125, FS: 125 },
  };
  expect(externalInputs(resolveParameters())).toEqual([
    { receptor: "gabaProximal", ...gaba },
    { receptor: "gabaDistal", ...gaba },
    {
      receptor: "ampaDistal",
      weightMv: { E: 3.75, LTS: 3, FS: 4.125 },
      rateHz: { E: 300, LTS: 300, FS: 300 },
    },
    {
      receptor: "nmdaDistal",
      weightMv: { E: 0.75, LTS: 0.375, FS: 1.5 },
      rateHz: { E: 50, LTS: 50, FS: 50 },
    },
  ]);
});

test("each rate parameter sets its receptor and kind of cell", () => {
  const inputs = externalInputs(
    resolveParameters({
      externalGain: 1,
      externalAmpaRateEHz: 1,
      externalAmpaRateIHz: 2,
      externalGabaRateEHz: 3,
      externalGabaRateIHz: 4,
      externalNmdaRateHz: 5,
    }),
  );
  expect(inputs.map(({ rateHz }) => rateHz)).toEqual([
    { E: 3, LTS: 4, FS: 4 },
    { E: 3, LTS: 4, FS: 4 },
    { E: 1, LTS: 2, FS: 2 },
    { E: 5, LTS: 5, FS: 5 },
  ]);
  expect(inputs[2]?.weightMv).toEqual({ E: 0.25, LTS: 0.2, FS: 0.275 });
});

test("streams stop after the mean count of the run and 5 s more", () => {
  const parameters = resolveParameters();
  expect(externalEventLimit(parameters, 300)).toBe(300 * 9605);
  expect(externalEventLimit(parameters, 0.0001)).toBe(1);
});

test("the length behind the limit has six digits", () => {
  const parameters = resolveParameters({
    baselineDurationS: 9876.543,
    learningDurationS: 0,
    recallDurationS: 0,
  });
  expect(externalEventLimit(parameters, 1000)).toBe(9_881_540);
});
