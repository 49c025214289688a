// Writes THIRD-PARTY.md: what others wrote that the package contains, or installs with itself, and
// its licences. Build first: npm run build && npm run build:page. --check only compares.
import { readFileSync, writeFileSync } from "node:fs";
import { licenceOf } from "./licences.mjs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** Where a package that another one depends on is installed, as Node.js looks for it. */
function installed(name, from) {
  for (let folder = from; ; folder = folder.replace(/\/?(node_modules\/(@[^/]+\/)?[^/]+)$/, "")) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === "") return undefined;
  }
}

/** Every package that an installation of this one brings, on any system. */
function installedPackages() {
  const found = new Set();
  const left = [""];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const { dependencies, optionalDependencies } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = installed(name, path);
      if (next === undefined || found.has(next)) continue;
      found.add(next);
      left.push(next);
    }
  }
  return [...found].map((path) => ({
    name: path.replace(/^.*node_modules\//, ""),
    ...packages[path],
  }));
}

/** Packages of which a bundle has code, from the licences beside it. */
const contained = (path) =>
  Array.from(
    readFileSync(path, "utf8").matchAll(/^(@?[a-z][\w./-]*) (\d\S*): (.+)$/gm),
    ([, name, version, license]) => ({ name, version, license }),
  );

function table(list) {
  const rows = list.map(
    ({ name, version, license }) => `| ${name} | ${version} | ${licenceOf(name, license)} |`,
  );
  return ["| package | version | licence |", "|---|---|---|", ...new Set(rows.sort())].join("\n");
}

const text = `# Third-party software

isocortex is under the [MIT licence](LICENSE). This page lists what others wrote that its package contains or installs; \`npm run third-party\` generates it from the lock file and the bundles. The licences' full texts are in \`LICENSES-of-bundled-libraries.txt\`, beside the program (\`dist\`) and beside the page (\`dist/page\`), and in the folders of the installed packages.

The reference runs under \`test\` were recorded by this project; no file of the original models is included.

## Contained in the program

${table(contained("dist/LICENSES-of-bundled-libraries.txt"))}

## Contained in the page

${table(contained("dist/page/LICENSES-of-bundled-libraries.txt"))}

## Installed with the package

Of the packages whose names begin with \`@resvg/resvg-js-\`, npm installs the one for the system.

${table(installedPackages())}
`;

const path = "THIRD-PARTY.md";
if (!process.argv.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error(`${path} is not current: npm run third-party`);
  process.exitCode = 1;
}
