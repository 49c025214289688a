import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * What the sources export, bundled as they are.
 *
 * @param exports names and the module that exports them, as `["spread", "bench/spread.ts"]`
 */
export async function sources(exports) {
  const contents = exports.map(([names, path]) => `export { ${names} } from "./src/${path}";`);
  const { outputFiles } = await build({
    stdin: { contents: contents.join("\n"), resolveDir: root, loader: "ts" },
    ...{ bundle: true, write: false, format: "esm", platform: "node", target: "es2022" },
    // As if it were in dist/: the package is two folders above.
    define: { "import.meta.url": JSON.stringify(`file://${root}dist/bench/sources.js`) },
  });
  const { text } = outputFiles[0];
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
