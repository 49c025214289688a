import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { externalInputs } from "../../src/model/external-input.ts";
import {
  definitionOf,
  type ParameterName,
  parameterDefinitions,
} from "../../src/model/parameters.ts";
import { cellClasses, populations } from "../../src/model/populations.ts";
import { projections } from "../../src/model/projections.ts";
import { buildNetwork } from "../../src/network/construction.ts";

const page = readFileSync(new URL("../../docs/model.md", import.meta.url), "utf8");

/** Rows of the tables of a text, as cells. */
const rowsOf = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

const rows = rowsOf(page);

const rowOf = (start: RegExp): string[] => rows.find(([cell]) => start.test(cell!))!.slice(1);

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number as the page writes it, such as −65, 800 000, 1.875 mV or 4·10⁻⁸; NaN for other text. */
function numberIn(text: string): number {
  const plain = text
    .replace(/(?:(\S+)·)?10⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, factor = "1", digits: string) => {
      return `${factor}e-${Array.from(digits, (one) => superscripts.indexOf(one)).join("")}`;
    })
    .replace("−", "-")
    .replaceAll(/(?<=\d) (?=\d{3})/g, "");
  return /^-?[\d.]/.test(plain) ? Number.parseFloat(plain) : Number.NaN;
}

const numbersOf = (start: RegExp): number[] =>
  rowOf(start)
    .map(numberIn)
    .filter((value) => !Number.isNaN(value));

it("has the populations of the model", () => {
  expect(rowOf(/^population$/)).toEqual(populations.map(({ name }) => name));
  expect(numbersOf(/^cells$/)).toEqual(populations.map(({ cellCount }) => cellCount));
  expect(numbersOf(/^type number/)).toEqual(populations.map(({ originalType }) => originalType));
  const network = buildNetwork(resolveParameters());
  expect(numbersOf(/^first cell$/)).toEqual(network.populations.map(({ firstCell }) => firstCell));
});

it.each([
  ["resting potential", "restMv"],
  ["threshold at rest", "thresholdMv"],
  ["depolarization-block level", "blockMv"],
  ["absolute refractory period", "refractoryPeriodMs"],
  ["AHP step", "afterhyperpolarizationStepMv"],
  ["AHP time constant", "afterhyperpolarizationTimeConstantMs"],
  ["relative refractory weight", "relativeRefractoryWeight"],
  ["relative refractory time constant", "relativeRefractoryTimeConstantMs"],
] as const)("has the %s of each class of cells", (name, key) => {
  const { E, LTS, FS } = cellClasses;
  expect(numbersOf(new RegExp(`^${name}`)).slice(0, 3)).toEqual([E[key], LTS[key], FS[key]]);
});

it("has every projection with its probability and weight", () => {
  const documented = rows
    .filter(([from, to]) => populations.some(({ name }) => name === from) && / · /.test(to!))
    .flatMap(([from, to]) =>
      to!.split(" · ").map((target) => {
        const [name, probability, weight] = target.split(" ");
        return `${from} ${name} ${Number(probability)} ${Number(weight)}`;
      }),
    );
  const expected = projections.map(
    ({ presynaptic, postsynaptic, probability, weightMv }) =>
      `${presynaptic} ${postsynaptic} ${probability} ${weightMv}`,
  );
  expect(documented.sort()).toEqual(expected.sort());
});

it("has the synapses of the published column", () => {
  const { firstSynapse, postsynaptic, fastWeightMv, populationOfCell } = buildNetwork(
    resolveParameters({ protocol: "training" }),
  );
  const isE = (cell: number) => populations[populationOfCell[cell]!]!.cellClass === "E";
  const counts = { EE: 0, EI: 0, IE: 0, II: 0 };
  for (let cell = 0; cell + 1 < firstSynapse.length; cell++) {
    for (let k = firstSynapse[cell]!; k < firstSynapse[cell + 1]!; k++) {
      counts[`${isE(cell) ? "E" : "I"}${isE(postsynaptic[k]!) ? "E" : "I"}`]++;
    }
  }
  const withoutWeight = fastWeightMv.filter((weight) => weight === 0).length;
  expect(page).toContain(`${withoutWeight} of the 11 699 synapses therefore have weight 0`);
  const { EE, EI, IE, II } = counts;
  expect(EE + EI + IE + II).toBe(11_699);
  expect(page).toContain(`number ${EE}, ${EI}, ${IE} and ${II}.`);
});

it("has rates and weights of the external input", () => {
  const streams = externalInputs(resolveParameters());
  const documented = ["GABA-A, proximal", "GABA-A, distal", "AMPA, distal", "NMDA, distal"].map(
    (name) =>
      rows
        .filter(([cell]) => cell === name)
        .at(-1)!
        .slice(1, 5)
        .map(numberIn),
  );
  expect(documented).toEqual(
    streams.map(({ rateHz, weightMv }) => [rateHz.E, weightMv.E, weightMv.LTS, weightMv.FS]),
  );
});

/** Parameters that a row of a table is of, each with the text that gives its value. */
const parametersIn = (cells: readonly string[]) =>
  cells.flatMap((cell, place) => {
    const [, name, value] = /^`(\w+)`(?: (.+))?$/.exec(cell) ?? [];
    if (name === undefined || !(name in parameterDefinitions)) return [];
    const other = cells.find((one, k) => k !== place && !Number.isNaN(numberIn(one)));
    return [{ name: name as ParameterName, value: numberIn(value ?? other ?? "") }];
  });

it("has the defaults of parameters", () => {
  const published: Record<string, unknown> = resolveParameters({ protocol: "training" });
  const documented = rows
    .flatMap(parametersIn)
    .flatMap(({ name, value }) => (Number.isNaN(value) ? [] : [[name, value] as const]));
  expect(documented.length).toBeGreaterThan(35);
  expect(documented).toEqual(documented.map(([name]) => [name, published[name]]));
});

it("has the original names of parameters", () => {
  const heading = (cells: readonly string[]) => cells.at(-1) === "original";
  const documented = page
    .split("\n\n")
    .map((block) => rowsOf(block))
    .filter(([first]) => first && heading(first))
    .flatMap((table) =>
      table.flatMap((cells) => {
        const [, original] = /^`(\w+)`/.exec(cells.at(-1)!) ?? [];
        const [parameter] = parametersIn(cells);
        return original && parameter ? [[parameter.name, original] as const] : [];
      }),
    );
  expect(documented.length).toBeGreaterThan(35);
  expect(documented).toEqual(
    documented.map(([name]) => {
      const own = definitionOf(name).models[2013]!;
      return [name, typeof own === "string" ? own : own.name];
    }),
  );
});
