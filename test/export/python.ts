import { spawnSync } from "node:child_process";

/**
 * A Python that has a module: the user's own, or Debian's. Where there is none, tests that need it
 * are skipped; CI installs it, and there they fail.
 */
export function pythonWith(module: string): string | undefined {
  const found = ["python3", "/usr/bin/python3"].find(
    (command) => spawnSync(command, ["-c", `import ${module}`]).status === 0,
  );
  return found ?? (process.env["CI"] ? "python3" : undefined);
}

/** Runs code with arguments; what it prints. */
export function runPython(command: string, code: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(command, ["-c", code, ...args], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`Python failed: ${stderr}`);
  return stdout;
}
