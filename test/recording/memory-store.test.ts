import { MemoryStore } from "../../src/recording/memory-store.ts";
import { testStore } from "./store-conformance.ts";

testStore(() => new MemoryStore());
