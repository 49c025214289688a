import { describe, expect, it } from "vitest";
import { axisPlaces, valueText } from "../../src/drawing/parameter-axis.ts";

const numbers = (...values: number[]) => axisPlaces({ name: "p", unit: "Hz", values });

describe("the axis of a parameter", () => {
  it("is linear for numbers that lie close together", () => {
    const axis = numbers(1, 2, 5);
    expect(axis.places).toEqual([1, 2, 5]);
    expect(axis.label).toBe("p (Hz)");
    expect(axis.domain[0]).toBeLessThan(1);
    expect(axis.domain[1]).toBeGreaterThan(5);
    expect(numbers(0, 1000).places).toEqual([0, 1000]);
  });

  it("is logarithmic for positive numbers that do not", () => {
    const { places, ticks, tickText } = numbers(1e-4, 0.01, 1);
    expect(places).toEqual([-4, -2, 0]);
    expect(ticks.map(tickText)).toEqual(["0.0001", "0.01", "1"]);
  });

  it("spaces choices evenly, in their order", () => {
    const { places, ticks, tickText, domain, label } = axisPlaces({
      name: "scaling",
      unit: "",
      values: [true, false],
    });
    expect(places).toEqual([0, 1]);
    expect(ticks.map(tickText)).toEqual(["on", "off"]);
    expect(domain).toEqual([-0.5, 1.5]);
    expect(label).toBe("scaling");
  });

  it("has room for a single value, and no more ticks than fit", () => {
    const [low, high] = numbers(3).domain;
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    expect(numbers(...Array.from({ length: 40 }, (_, k) => k + 1)).ticks.length).toBeLessThan(8);
  });
});

it.each([
  [0.005, "0.005"],
  [4e-8, "4e−8"],
  [-0.25, "−0.25"],
  [1.5811388, "1.581"],
  [1e10, "1e10"],
  [160000, "160000"],
  [true, "on"],
  ["random", "random"],
])("%s is called %s", (value, expected) => {
  expect(valueText(value)).toBe(expected);
});
