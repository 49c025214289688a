import { createReadStream, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { Readable } from "node:stream";

/** A page that is served on this computer, to this computer alone. */
export interface PageServer {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The port asked for is taken. */
export class PortInUseError extends Error {
  override readonly name = "PortInUseError";

  constructor(port: number) {
    super(`Port ${port} is in use. Choose another one with --port, or 0 for any that is free.`);
  }
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".tsv": "text/tab-separated-values; charset=utf-8",
};

const security: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
  // Memory can be shared between threads only where these two are.
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // Runs grow, and a browser's cache lets requests for parts of one file wait for each other.
  "cache-control": "no-store",
};

const HOST = "127.0.0.1";

/** A file to be saved, which comes into being as it is sent. */
export interface Download {
  readonly name: string;
  readonly size: number;
  readonly read: () => Readable;
}

/** Response: files, bytes, values as JSON, or the reason for having none. */
export type Answer =
  | { readonly file: string }
  | { readonly bytes: Uint8Array }
  | { readonly json: unknown }
  | { readonly download: Download }
  | { readonly status: number; readonly text: string };

/** Finds what is served at an address, without the first slash; undefined for nothing. */
export type Site = (address: string) => Answer | undefined;

/** The site of files by their addresses; nothing else is served. */
export const fileSite =
  (files: ReadonlyMap<string, string>): Site =>
  (address) => {
    const file = files.get(`/${address}`);
    return file === undefined ? undefined : { file };
  };

/** The site below a folder that only those know to whom it is told. */
export const siteBehind =
  (token: string, site: Site): Site =>
  (address) =>
    address.startsWith(`${token}/`) ? site(address.slice(token.length + 1)) : undefined;

/**
 * Serves a site, or files by their addresses, to this computer alone, to be read only.
 *
 * @param port 0 for any that is free
 * @throws {PortInUseError} when it is not free
 */
export async function servePage(
  served: Site | ReadonlyMap<string, string>,
  port: number,
): Promise<PageServer> {
  const site = typeof served === "function" ? served : fileSite(served);
  const server = createServer((request, response) => answer(site, request, response));
  await listening(server, port);
  const own = (server.address() as AddressInfo).port;
  return {
    address: `http://${HOST}:${own}/`,
    port: own,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortInUseError(port) : error);
    });
    server.listen(port, HOST, resolve);
  });

function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(security)) response.setHeader(name, value);
  const { method, headers, url = "/" } = request;
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    refuse(response, 405, "This server only lets files be read.");
  } else if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "")) {
    // A page of another name that leads here must not read through it.
    refuse(response, 421, "This server answers to 127.0.0.1 and localhost only.");
  } else {
    try {
      const found = site(url.split("?")[0]!.slice(1));
      if (!found) refuse(response, 404, "There is no such file.");
      else if ("status" in found) refuse(response, found.status, found.text);
      else send(contentOf(found), request, response);
    } catch (error) {
      refuse(response, 500, error instanceof Error ? error.message : String(error));
    }
  }
}

/** Bytes that can be sent in parts, or as a whole only, to be saved under a name. */
interface Content {
  readonly type: string;
  readonly size: number;
  readonly name?: string;
  readonly read: (start: number, end: number) => Readable;
}

function contentOf(found: Exclude<Answer, { status: number }>): Content {
  if ("file" in found) {
    const { file } = found;
    const type = types[extname(file)] ?? "application/octet-stream";
    const read = (start: number, end: number) => createReadStream(file, { start, end });
    return { type, size: statSync(file).size, read };
  }
  if ("download" in found) return { type: "application/zip", ...found.download };
  const isJson = "json" in found;
  const bytes = isJson ? Buffer.from(JSON.stringify(found.json)) : found.bytes;
  return {
    type: isJson ? types[".json"]! : "application/octet-stream",
    size: bytes.length,
    read: (start, end) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false }),
  };
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${reason}\n`);
}

/** Sends contents, or the part of them that is asked for. */
function send(
  { type, size, name, read }: Content,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): void {
  response.setHeader("content-type", type);
  response.setHeader("accept-ranges", name === undefined ? "bytes" : "none");
  if (name !== undefined) {
    const coded = encodeURIComponent(name);
    response.setHeader("content-disposition", `attachment; filename*=UTF-8''${coded}`);
  }
  const range = name === undefined ? rangeOf(headers.range, size) : undefined;
  if (range === "outside") {
    response.setHeader("content-range", `bytes */${size}`);
    refuse(response, 416, `The file has ${size} bytes.`);
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader("content-range", `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { "content-length": end - start + 1 });
  if (method === "HEAD" || size === 0) {
    response.end();
    return;
  }
  const stream = read(start, end);
  stream.on("error", () => response.destroy());
  response.on("close", () => stream.destroy());
  stream.pipe(response);
}

/** The bytes that a request asks for; undefined for all, as for a list of ranges. */
function rangeOf(header: string | undefined, size: number) {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(size - 1, Number(last));
  return start > end ? ("outside" as const) : { start, end };
}
