// Compiles the WebAssembly kernel and writes it as a module of text, so that it loads anywhere
// without a file. The module is committed; compiling again gives the same bytes (--check).
import { readFileSync, writeFileSync } from "node:fs";
import { main } from "assemblyscript/asc";

const source = "src/engine/kernel/kernel.ts";
const target = "src/engine/kernel-binary.ts";

let binary;
const { error, stderr } = await main(
  [
    source,
    "--outFile",
    "kernel.wasm",
    "-O3",
    "--converge",
    "--noAssert",
    "--runtime=stub",
    "--enable=simd",
    "--importMemory",
  ],
  {
    writeFile: (_name, contents) => {
      binary = contents;
    },
  },
);
if (error) {
  console.error(stderr.toString());
  process.exit(1);
}

const base64 = Buffer.from(binary).toString("base64");
const text = `// Compiled from kernel/ by \`npm run build:kernel\`; do not edit.\nexport const kernelBase64 =\n  "${base64}";\n`;
if (process.argv.includes("--check")) {
  const isCurrent = readFileSync(target, "utf8") === text;
  if (!isCurrent)
    console.error(`${target} is not what ${source} compiles to: npm run build:kernel`);
  process.exit(isCurrent ? 0 : 1);
}
writeFileSync(target, text);
console.log(`${target}: ${binary.length} bytes of WebAssembly`);
