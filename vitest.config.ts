import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/seed.ts"],
    // Most of the time goes to processes that tests start and wait for.
    maxWorkers: "100%",
    // Reference runs and packaging build and simulate for seconds; nothing here measures time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
