import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { vi } from "vitest";

/**
 * Programs that answer as Slurm's do and keep a queue, from which jobs go only when they are told
 * to: for what is decided about jobs. Real schedulers run them in test/clusters.
 */
export class StandInSlurm {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#install(
      "sbatch",
      `[ ! -e fails-from ] || [ $(($(cat last) + 1)) -lt $(cat fails-from) ] || { echo "sbatch: error: refused" >&2; exit 1; }
       echo $(($(cat last) + 1)) >last
       echo "$@" >>submitted
       cat last >>queue
       cat last`,
    );
    this.#install("squeue", "cat queue");
    this.#install(
      "scancel",
      'for id; do echo "$id" >>cancelled; grep -vx "$id" queue >rest; mv rest queue; done',
    );
    this.#install("scontrol", 'echo "MaxArraySize = 3"');
    writeFileSync(join(folder, "last"), "0\n");
    this.setQueue([]);
    vi.stubEnv("PATH", [folder, process.env["PATH"]].join(delimiter));
  }

  /** What sbatch was called with, a call an entry. */
  get submitted(): string[] {
    return this.#lines("submitted");
  }

  get cancelled(): string[] {
    return this.#lines("cancelled");
  }

  get queue(): string[] {
    return this.#lines("queue");
  }

  setQueue(ids: readonly string[]): void {
    writeFileSync(join(this.#folder, "queue"), ids.map((id) => `${id}\n`).join(""));
  }

  /** From which job on sbatch refuses. */
  failFrom(id: number): void {
    writeFileSync(join(this.#folder, "fails-from"), String(id));
  }

  #lines(file: string): string[] {
    const path = join(this.#folder, file);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  }

  #install(program: string, script: string): void {
    const path = join(this.#folder, program);
    writeFileSync(path, `#!/bin/sh\ncd '${this.#folder}' || exit\n${script}\n`);
    chmodSync(path, 0o755);
  }
}
