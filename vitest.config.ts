import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that replace parts of Node.js or the clock, and so need modules of their own; one that sends
 * signals, which anything else of its process would heed; and one that measures the memory of
 * processes, which begins with that of the process that starts them.
 */
const isolated = [
  "test/store/{file-faults,lease-without-links,output-faults}.test.ts",
  "test/host/interruption.test.ts",
  "test/runs/{clock-jumps,memory}.test.ts",
  "test/threads/team.test.ts",
];

/** Files that take half a minute though they are small. */
const long =
  /\/(how-to\/pages|cli\/kills|examples\/\w+|structure\/package|engine\/kernel-binary)\.test\.ts$/;

/** Large files begin first, and before them those that take long: no core idles at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...bySize.filter(isLong), ...bySize.filter((file) => !isLong(file))];
  }
}

const shared = {
  setupFiles: ["test/seed.ts"],
  // Packaging and faults take minutes beside other work; nothing here measures time.
  testTimeout: 900_000,
  hookTimeout: 900_000,
};

export default defineConfig({
  test: {
    // Tests wait for processes and browsers a quarter of their time, in which another file goes on.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      // Modules are loaded once for all files of a worker, not once for each: half the time of most.
      {
        test: {
          ...shared,
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: isolated,
          isolate: false,
        },
      },
      { test: { ...shared, name: "isolated", include: isolated } },
    ],
  },
});
