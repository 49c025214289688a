import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PageServer, PortInUseError, servePage } from "../../src/server/http.ts";
import { MissingPageError, pageFiles } from "../../src/server/page-files.ts";

let folder: string;
let server: PageServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "isocortex-page-"));
  mkdirSync(join(folder, "page", "reference"), { recursive: true });
  writeFileSync(join(folder, "page", "index.html"), "<!doctype html><title>page</title>");
  writeFileSync(join(folder, "page", "empty.js"), "");
  writeFileSync(join(folder, "page", "reference", "numbers.f64"), "0123456789");
  writeFileSync(join(folder, "secret.txt"), "secret");
  server = await servePage(pageFiles(join(folder, "page")), 0);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What the server answers, to an address that is sent as it is. */
const asked = (
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
  port = server.port,
) =>
  new Promise<Answer>((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode, headers } = response;
        resolve({ status: statusCode!, headers, body: Buffer.concat(chunks).toString() });
      });
    })
      .on("error", reject)
      .end();
  });

describe("the page's server", () => {
  it("serves the page's files, with what protects them", async () => {
    const { status, headers, body } = await asked("/?token=1");
    expect([status, body]).toEqual([200, "<!doctype html><title>page</title>"]);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
    expect(headers["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "x-content-type-options": "nosniff",
    });
    expect((await asked("/empty.js")).status).toBe(200);
    expect((await asked("/reference/numbers.f64")).body).toBe("0123456789");
  });

  it.each([
    "/../secret.txt",
    "/reference/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "//secret.txt",
    "/reference",
    "/none.js",
    "/index.html%00",
  ])("serves nothing else: %s", async (path) => {
    const { status, body } = await asked(path);
    expect([status, body]).toEqual([404, "There is no such file.\n"]);
  });

  it("does not follow what leads out of the page", () => {
    symlinkSync(join(folder, "secret.txt"), join(folder, "page", "link.txt"));
    expect([...pageFiles(join(folder, "page")).keys()]).not.toContain("/link.txt");
  });

  it("answers to its own names only, and lets nothing be written", async () => {
    expect((await asked("/", { host: "evil.example" })).status).toBe(421);
    expect((await asked("/", { host: `localhost:${server.port}` })).status).toBe(200);
    const { status, headers } = await asked("/", {}, "POST");
    expect([status, headers["allow"]]).toEqual([405, "GET, HEAD"]);
    expect(await asked("/", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
  });

  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-30", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=4-400", 206, "456789", "bytes 4-9/10"],
    ["bytes=10-", 416, "The file has 10 bytes.\n", "bytes */10"],
    ["bytes=4-2", 416, "The file has 10 bytes.\n", "bytes */10"],
    ["bytes=0-1,4-5", 200, "0123456789", undefined],
    ["lines=1-2", 200, "0123456789", undefined],
  ])("sends the part of a file that is asked for: %s", async (range, status, body, content) => {
    const answer = await asked("/reference/numbers.f64", { range });
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.headers["content-range"]).toBe(content);
  });

  it("sends what is to be saved under its name, whole or not at all", async () => {
    const read = () => Readable.from([Buffer.from("01234"), Buffer.from("56789")]);
    const site = () => ({ download: { name: "über it.zip", size: 10, read } });
    const own = await servePage(site, 0);
    const answers = await Promise.all([
      asked("/x", { range: "bytes=2-4" }, "GET", own.port),
      asked("/x", {}, "HEAD", own.port),
    ]);
    for (const [k, { status, headers, body }] of answers.entries()) {
      expect([status, body]).toEqual([200, ["0123456789", ""][k]]);
      expect(headers).toMatchObject({ "content-type": "application/zip", "content-length": "10" });
      expect(headers["content-disposition"]).toBe(
        "attachment; filename*=UTF-8''%C3%BCber%20it.zip",
      );
    }
    await own.close();
  });

  it("says that a port is in use, and what to do", async () => {
    const second = servePage(new Map(), server.port);
    await expect(second).rejects.toThrow(PortInUseError);
    await expect(second).rejects.toThrow(`Port ${server.port} is in use. Choose another`);
  });

  it("says how the page is built where it is missing", () => {
    expect(() => pageFiles(folder)).toThrow(MissingPageError);
    expect(() => pageFiles(folder)).toThrow("npm run build:page");
  });
});
