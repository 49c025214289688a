import { expect, it } from "vitest";
import { kernelBase64 } from "../../src/spectra/taper-binary.ts";
import { compile, createMemory, instantiate, loader } from "../../src/webassembly/loading.ts";

it("gives a module of the package the memory that it asks for", () => {
  const { exports, memory } = instantiate(kernelBase64, 200_000);
  expect(Object.keys(exports)).toContain("combine");
  expect(exports["memory"]).toBe(memory);
  expect(memory.buffer.byteLength).toBe(4 * 65_536);
  expect(createMemory(65_536).buffer.byteLength).toBe(65_536);
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
