import { expect, it } from "vitest";
import { kernelBase64 } from "../../src/spectra/taper-binary.ts";
import {
  compile,
  createMemory,
  instantiate,
  loader,
  SuccessiveMemory,
} from "../../src/webassembly/loading.ts";

it("gives a module of the package the memory that it asks for", () => {
  const { exports, memory } = instantiate(kernelBase64, 200_000);
  expect(Object.keys(exports)).toContain("combine");
  expect(exports["memory"]).toBe(memory);
  expect(memory.buffer.byteLength).toBe(4 * 65_536);
  expect(createMemory(65_536).buffer.byteLength).toBe(65_536);
});

it("leaves memory to the next user, all zeros and at least as large as asked for", () => {
  const successive = new SuccessiveMemory();
  const memory = successive.take(100_000);
  expect(memory.buffer.byteLength).toBe(2 * 65_536);
  for (const [bytes, pages] of [
    [150_000, 3],
    [10, 3],
  ] as const) {
    new Uint8Array(memory.buffer).fill(9);
    expect(successive.take(bytes)).toBe(memory);
    expect(memory.buffer.byteLength).toBe(pages * 65_536);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
  }
});

it("loads when first called, once", () => {
  let times = 0;
  const load = loader(
    () => ({ module: compile(kernelBase64), time: ++times }),
    (cause) => {
      throw cause;
    },
  );
  expect(times).toBe(0);
  expect(load().time).toBe(1);
  expect(load()).toBe(load());
});

it("tries once where a module cannot be compiled, and always says why", () => {
  let times = 0;
  const load = loader<unknown>(
    () => {
      times++;
      return compile(btoa("no module"));
    },
    (cause) => cause,
  );
  const cause = load();
  expect(cause).toBeInstanceOf(WebAssembly.CompileError);
  expect(load()).toBe(cause);
  expect(times).toBe(1);
});
