import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { indexedPng, pngAddress } from "../../src/drawing/indexed-png.ts";

/** Data of a PNG file's chunks by type; checks lengths and the signature. */
function chunks(png: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(png.buffer);
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const found = new Map<string, Uint8Array>();
  let at = 8;
  while (at < png.length) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    found.set(type, png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  expect(at).toBe(png.length);
  return found;
}

const image = {
  width: 3,
  height: 2,
  pixels: Uint8Array.of(0, 1, 2, 2, 1, 0),
  palette: [
    [0, 0, 0, 0],
    [255, 128, 1, 255],
    [4, 5, 6, 70],
  ] as const,
};

test("pixels, colours and opacities are read back from the file", () => {
  const png = chunks(indexedPng(image));
  expect([...png.keys()]).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  expect([...png.get("IHDR")!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  expect([...png.get("PLTE")!]).toEqual([0, 0, 0, 255, 128, 1, 4, 5, 6]);
  expect([...png.get("tRNS")!]).toEqual([0, 255, 70]);
  // Each row begins with its filter, none.
  expect([...inflateSync(png.get("IDAT")!)]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
});

test("the checksum of IEND is the one in every PNG file", () => {
  expect([...indexedPng(image).subarray(-4)]).toEqual([0xae, 0x42, 0x60, 0x82]);
});

test("an address holds the file in base 64", () => {
  const png = indexedPng(image);
  const [head, body] = pngAddress(png).split(",");
  expect(head).toBe("data:image/png;base64");
  expect(new Uint8Array(Buffer.from(body!, "base64"))).toEqual(png);
});
