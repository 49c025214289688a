#!/usr/bin/env node
import * as nodeModule from "node:module";
import { refuseDebugger } from "../host/debugger-signal.ts";

// Before all else, which takes a while to load.
refuseDebugger();
if (process.env["ISOCORTEX_DEBUG"]) process.setSourceMapsEnabled(true);
// Newer versions of Node.js keep what they have compiled for the next start.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
await import("./command-line.ts");
