import { constants } from "node:os";
import { describe, expect, it } from "vitest";
import { attempt, StorageError, systemReason } from "../../src/store/errors.ts";

const refusal = (code: string) =>
  Object.assign(new Error(`${code}: refused, open '/tmp/a'`), { code, syscall: "open" });

const refuse = (error: Error) => () =>
  attempt("write", "runs/a.csv", () => {
    throw error;
  });

describe("what the system refuses", () => {
  it.each([
    ["ENOSPC", /no space is left on the device\. Free some/],
    ["EDQUOT", /the disk quota is exceeded\. Delete some files/],
    ["EMFILE", /too many files are open in this process\. Raise the limit \(ulimit -n\)/],
    ["ENFILE", /too many files are open in the system\. Try again/],
    ["ELOOP", /its links form a circle\. Correct the links/],
    ["EROFS", /the file system is read-only\. Name a place on another file system/],
    ["EACCES", /permission denied\. Change the permissions/],
    ["ENOTDIR", /a part of the path is not a directory\. Name another path/],
    [
      "EXDEV",
      /on a different file system from its directory\. Name a path on the same file system/,
    ],
    ["EMLINK", /too many links refer to it\. Name another place/],
    ["EIO", /the device reported an error\. Check the disk/],
    ["ESTALE", /the file server no longer knows it\. Check the network file system/],
  ])("is said with its path, its reason and what to do: %s", (code, message) => {
    expect(refuse(refusal(code))).toThrow(StorageError);
    expect(refuse(refusal(code))).toThrow(/^Cannot write runs\/a\.csv: /);
    expect(refuse(refusal(code))).toThrow(message);
    expect(refuse(refusal(code))).not.toThrow(/\bE[A-Z]{3,}/);
  });

  it("is said in words for every code of a file system", () => {
    const codes = Object.keys(constants.errno).filter(
      (code) => !/^E(?:CONN|NET|HOSTUN|ADDR|PROTO|SOCK|MSG|DESTADDR|IS?CONN|NOPROTO)/.test(code),
    );
    expect(codes.length).toBeGreaterThan(40);
    for (const code of codes) expect(systemReason(refusal(code)), code).toMatch(/^[^\n]+\.$/);
  });

  it("is said once, with the path that the user knows", () => {
    const inner = new StorageError("make", "runs", refusal("EROFS"));
    expect(refuse(inner)).toThrow(
      /^Cannot write runs\/a\.csv: the file system is read-only\. Name a place on another file system\.$/,
    );
  });

  it("is not what the program itself got wrong", () => {
    expect(refuse(new TypeError("a.b is not a function"))).toThrow(TypeError);
    expect(systemReason(new DOMException("stopped", "AbortError"))).toBeUndefined();
  });
});
