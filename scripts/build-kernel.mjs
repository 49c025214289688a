// Compiles the WebAssembly kernels and writes them as modules of text, so that they load anywhere
// without a file. These are committed; compiling again gives the same bytes (--check).
//
// The kernel and the rules are TypeScript as well as AssemblyScript, but for what is added here: a
// function whose comment says @inline is compiled into those that call it.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { main } from "assemblyscript/asc";
import { build } from "esbuild";

/** The event loop, walks of the 2014 model's stimuli, spectra, recorded spikes, and their counts. */
const kernels = [
  { source: "src/kernel/exports.ts", target: "src/engine/kernel-binary.ts" },
  { source: "src/kernel/walks.ts", target: "src/network/stimuli/walk-binary.ts" },
  { source: "src/spectra/tapers.ts", target: "src/spectra/taper-binary.ts" },
  { source: "src/spectra/transforms.ts", target: "src/spectra/transform-binary.ts" },
  { source: "src/encoding/unpacking.ts", target: "src/encoding/unpacking-binary.ts" },
  { source: "src/counting/loops.ts", target: "src/counting/loop-binary.ts" },
];
const addressesTarget = "src/kernel/addresses.ts";
const callsTarget = "src/rules/calls.ts";

/** What a TypeScript module exports. */
async function modulesOf(path) {
  const options = { bundle: true, write: false, format: "esm", target: "es2022" };
  const { outputFiles } = await build({ entryPoints: [path], ...options });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** The module of all arrays' addresses: numbers where they are known, else to be passed by the host. */
async function addressesText() {
  const { kernelArrays } = await modulesOf("src/engine/layout.ts");
  const { places, others } = kernelArrays();
  const lines = [
    "// Made from engine/layout.ts by `npm run build:kernel`; do not edit.",
    'import type { usize } from "../rules/prelude.ts";',
    "",
    ...Object.entries(places).map(([name, place]) => `export const ${name}: usize = ${place};`),
    "",
    ...others.map((name) => `export declare const ${name}: usize;`),
  ];
  return `${lines.join("\n")}\n`;
}

/** What rules are asked, by kind: the function's name, what it is called here, and its arguments. */
const questions = [
  {
    kinds: ["plasticity"],
    name: "gainAfterArrival",
    asks: "afterArrival",
    args: ["gain", "spikes", "slow"],
  },
  {
    kinds: ["plasticity"],
    name: "gainAfterSpike",
    asks: "afterSpike",
    args: ["gain", "arrivals", "slow"],
  },
  {
    kinds: ["threshold", "depression"],
    name: "valueAfter",
    asks: "valueAfter",
    args: ["value", "elapsedMs"],
  },
  {
    kinds: ["threshold", "depression"],
    name: "valueAfterSpike",
    asks: "valueAfterSpike",
    args: ["value"],
  },
  { kinds: ["threshold", "depression"], name: "effectOf", asks: "effectOf", args: ["value"] },
];

/** The module that calls the functions of the rules by the rules' numbers. */
async function callsText() {
  const { numberedRules } = await modulesOf("src/model/rules.ts");
  const fileOf = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const lines = [
    "// Made from model/rules.ts by `npm run build:kernel`; do not edit.",
    'import { type f64, f64At, type f64s, type i32 } from "./prelude.ts";',
    ...numberedRules.map(({ name }) => `import * as ${name} from "./${fileOf(name)}.ts";`),
  ];
  for (const { kinds, name, asks, args } of questions) {
    const typed = args.map((arg) => `${arg}: f64`).join(", ");
    lines.push("", `export function ${name}(rule: i32, ${typed}, parameters: f64s): f64 {`);
    for (const rule of numberedRules) {
      if (!kinds.includes(rule.kind)) continue;
      const values = Object.keys(rule.parameters).map(
        (_, index) => `f64At(parameters, ${rule.firstParameter + index})`,
      );
      lines.push(`  if (rule === ${rule.number}) {`);
      lines.push(`    return ${rule.name}.${asks}(${[...args, ...values].join(", ")});`, "  }");
    }
    lines.push(`  return ${args[0]};`, "}");
  }
  return `${lines.join("\n")}\n`;
}

const checks = process.argv.includes("--check");

/** Writes a made file, or says that it is not what it should be. */
function put(path, text) {
  if (!checks) {
    writeFileSync(path, text);
    return;
  }
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  console.error(`${path} is not what its sources give: npm run build:kernel`);
  process.exitCode = 1;
}

put(addressesTarget, await addressesText());
put(callsTarget, await callsText());

/** What prelude.ts has of arrays, and the kernel of addresses. */
const elements = ["f64At", "setF64", "u32At", "setU32", "i32At"];

/**
 * The AssemblyScript of a source: the language has what prelude.ts declares, the kernel its own
 * numeric functions, and the host passes what is in scalar-constants.ts.
 */
function assemblyScriptOf(name, text) {
  if (name.endsWith("/scalar-constants.ts")) {
    return text
      .replace(/^import .*$/gm, "")
      .replace(/^export const (\w+: f64) = .*;$/gm, "export declare const $1;");
  }
  return text
    .replace(/^import (?:type )?\{([^}]*)\} from "[./a-z]*\/prelude\.ts";$/m, (_, names) => {
      // Arrays are addresses there.
      const used = names.match(/\w+/g).filter((name) => elements.includes(name));
      return used.length === 0 ? "" : `import { ${used.join(", ")} } from "../kernel/elements";`;
    })
    .replace(/\b(?:f64|u32|i32)s\b/g, "usize")
    .replace(/"(?:\.\.\/)+numeric\/exponential\.ts"/g, '"../kernel/numeric"')
    .replace(/(from "[^"]*)\.ts"/g, '$1"')
    .replace(/\bimport \{ type /g, "import { ")
    .replace(/^import type /gm, "import ")
    .replace(/@inline\s*\*\/\n/g, (comment) => `${comment}@inline `);
}

/** What a source compiles to. */
async function compiled(source) {
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
      readFile: (name) =>
        existsSync(name) ? assemblyScriptOf(name, readFileSync(name, "utf8")) : null,
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (!error) return binary;
  console.error(stderr.toString());
  process.exit(1);
}

for (const { source, target } of kernels) {
  const binary = await compiled(source);
  const base64 = Buffer.from(binary).toString("base64");
  const from = source.endsWith("exports.ts") ? "kernel/ and rules/" : source.replace("src/", "");
  const text = `// Compiled from ${from} by \`npm run build:kernel\`; do not edit.\nexport const kernelBase64 =\n  "${base64}";\n`;
  put(target, text);
  if (!checks) console.log(`${target}: ${binary.length} bytes of WebAssembly`);
}
