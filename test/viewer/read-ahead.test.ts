import { expect, it } from "vitest";
import { readingAhead } from "../../src/viewer/worker/read-ahead.ts";

const file = Uint8Array.from({ length: 100_000 }, (_, k) => k % 251);

/** Reads parts one after another; the requests that it takes. */
function requestsFor(parts: readonly (readonly [offset: number, length: number])[]) {
  const requests: [number, number][] = [];
  const read = readingAhead((offset, length) => {
    requests.push([offset, length]);
    return file.slice(offset, offset + length);
  });
  for (const [offset, length] of parts) {
    expect(read(offset, length)).toEqual(file.slice(offset, offset + length));
  }
  return requests;
}

it("reads on in ever fewer requests, across the headers between payloads", () => {
  const blocks = Array.from({ length: 60 }, (_, k) => [32 + 1044 * k + 44, 1000] as const);
  const requests = requestsFor(blocks);
  expect(requests.slice(0, 3)).toEqual([
    [76, 1000],
    [1120, 2000],
    [2164, 4000],
  ]);
  expect(requests.length).toBeLessThan(9);
});

it("reads no more than what is asked for here and there, and to the end of the file", () => {
  const places = [
    [5000, 10],
    [200, 10],
    [90_000, 10],
    [99_990, 100],
  ] as const;
  expect(requestsFor(places)).toEqual(places);
});
