import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Reference runs and packaging build and simulate for seconds; nothing here measures time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
