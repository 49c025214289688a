import { defineConfig } from "vitest/config";

// Proofs that take minutes: many more faults and times than `npm test` tries.
export default defineConfig({
  test: {
    include: ["test/long/**/*.long.ts"],
    testTimeout: 7_200_000,
    hookTimeout: 300_000,
  },
});
