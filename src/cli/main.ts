#!/usr/bin/env node
import * as nodeModule from "node:module";
import { refuseDebugger } from "../host/debugger-signal.ts";
import { program } from "../host/package.ts";
import { firstFailure, heedOutput } from "./first-failure.ts";

// Before all else, which takes a while to load.
refuseDebugger();
if (process.env["ISOCORTEX_DEBUG"]) process.setSourceMapsEnabled(true);
// Newer versions of Node.js keep what they have compiled for the next start.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
const failureCode = firstFailure();
heedOutput(failureCode);
// Scripts ask it at each start; it needs no command line.
if (/^(-v|--version)$/.test(process.argv.slice(2).join(" "))) {
  process.stdout.write(`${program.version}\n`);
} else {
  const { runCommandLine } = await import("./command-line.ts");
  await runCommandLine(failureCode);
}
