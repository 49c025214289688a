// Preloaded into a process (--import): kills it with SIGKILL before its operation on files of the
// number in ISOCORTEX_KILL_BEFORE, counted from 1; if this is a write, after half of it.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const changing = [
  ...["openSync", "writeSync", "writeFileSync", "fsyncSync", "fdatasyncSync", "ftruncateSync"],
  ...["linkSync", "renameSync", "rmSync", "rmdirSync", "mkdirSync"],
];
const { O_WRONLY, O_RDWR } = fs.constants;

const isToRead = (flags = "r") =>
  typeof flags === "number" ? (flags & (O_WRONLY | O_RDWR)) === 0 : flags === "r";

function writeHalf(write, [file, bytes, offset = 0]) {
  if (typeof bytes === "string") return;
  const rest = bytes.subarray(offset);
  write(file, rest, 0, Math.floor(rest.length / 2));
}

let left = Number(process.env.ISOCORTEX_KILL_BEFORE);

for (const name of changing) {
  const operation = fs[name];
  fs[name] = (...args) => {
    if (name === "openSync" && isToRead(args[1])) return operation(...args);
    left -= 1;
    if (left === 0) {
      if (name === "writeSync") writeHalf(operation, args);
      process.kill(process.pid, "SIGKILL");
    }
    return operation(...args);
  };
}
syncBuiltinESMExports();
