// Groups public names by purpose, with an index on top of each page, and names the errors of
// @throws. Classes that users do not construct are shown without the constructor they inherit.

import { Application, Comment, CommentTag, Converter, ReflectionKind } from "typedoc";
import { listParameters } from "../../dist/index.js";

/** Purposes in the order of their headings, each with the folders and files of src/ that serve it. */
const purposes = {
  Parameters: ["model/"],
  Experiments: ["experiment/", "document/", "timeline/entry.d.ts"],
  Simulation: ["simulation/advance", "simulation/run-", "engine/"],
  Network: ["network/"],
  "Recorded runs": ["recording/", "encoding/"],
  Verification: ["simulation/"],
  "Firing rates": [
    "analysis/firing/population-rates",
    "analysis/firing/hyperactivity",
    "analysis/firing/time-bins",
  ],
  "Sampled state": ["analysis/state/"],
  Synapses: ["synapses/"],
  Spectra: ["spectra/"],
  Transinformation: ["analysis/transmission/"],
  "Spike trains": ["analysis/", "analyses"],
  Interventions: ["timeline/interventions/listing", "timeline/entry-line", "timeline/spike-trains"],
  "Keys of entries": ["timeline/interventions/fields", "timeline/cell-selection"],
  "Kinds of intervention": ["timeline/"],
  Runs: [
    "runs/recorded",
    "runs/branched",
    "runs/resumed",
    "runs/opening",
    "runs/",
    "threads/",
    "host/",
  ],
  Statistics: ["measures/", "node/statistics", "paper/"],
  Figures: ["figures/", "pictures/"],
  "Appearance and tables": ["drawing/"],
  Export: ["export/"],
  Sweeps: ["node/sweep"],
};

function purposeOf(symbol) {
  const file = symbol.declarations[0].getSourceFile().fileName.split("/dist/").at(-1);
  const isHere = (place) => file.startsWith(place);
  const purpose = Object.keys(purposes).find((name) => purposes[name].some(isHere));
  if (!purpose)
    throw new Error(`state in scripts/api/plugin.mjs for what purpose ${file} is public`);
  return purpose;
}

const text = (words) => ({ kind: "text", text: words });

function group(context, reflection) {
  const category = reflection.kindOf(ReflectionKind.Namespace)
    ? "Namespaces"
    : purposeOf(context.getSymbolFromReflection(reflection));
  reflection.comment ??= new Comment();
  for (const { comment } of [reflection, ...(reflection.signatures ?? [])]) {
    comment?.blockTags.push(new CommentTag("@category", [text(category)]));
  }
}

function removeInheritedConstructor(context, reflection) {
  if (context.getSymbolFromReflection(reflection).members.has("__constructor")) return;
  const inherited = reflection.children.find((child) => child.kindOf(ReflectionKind.Constructor));
  if (inherited) context.project.removeReflection(inherited);
}

function nameError(tag) {
  if (tag.typeAnnotation) tag.content.unshift(text(`\`${tag.typeAnnotation.slice(1, -1)}\`: `));
}

/** A parameter that is destructured has no name but its type's: options, spikes, timeRange. */
function nameDestructured(parameter) {
  const type = parameter.type?.name;
  if (parameter.name !== "__namedParameters" || !type) return;
  parameter.name = type.endsWith("Options") ? "options" : type[0].toLowerCase() + type.slice(1);
}

/** Parameters have their descriptions in the table that defines them. */
function describeParameters(project) {
  const { children } = project.getChildByName("isocortex.Parameters");
  for (const { name, unit, doc, default: value } of listParameters()) {
    const inUnits = unit === "1" || unit === "" ? "" : ` Unit: ${unit}.`;
    const words = `${doc}${inUnits} Default: ${value}.`;
    children.find((child) => child.name === name).comment = new Comment([text(words)]);
  }
}

/** The names of a page by purpose, each a link. */
function addIndex(page) {
  if (!page.categories) return;
  page.comment ??= new Comment();
  page.comment.summary.push(text("\n"));
  for (const { title, children } of page.categories) {
    page.comment.summary.push(text(`\n- **${title}**: `));
    children.forEach((target, k) => {
      if (k > 0) page.comment.summary.push(text(", "));
      page.comment.summary.push({ kind: "inline-tag", tag: "@link", text: target.name, target });
    });
  }
}

export function load(app) {
  app.on(Application.EVENT_BOOTSTRAP_END, () =>
    app.options.setValue("categoryOrder", ["Namespaces", ...Object.keys(purposes)]),
  );
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, (context) => {
    const { project } = context;
    for (const reflection of project.getReflectionsByKind(ReflectionKind.SomeExport)) {
      if (reflection.parent?.kindOf(ReflectionKind.SomeModule)) group(context, reflection);
      if (reflection.kindOf(ReflectionKind.Class)) removeInheritedConstructor(context, reflection);
    }
    project.getReflectionsByKind(ReflectionKind.Parameter).forEach(nameDestructured);
    describeParameters(project);
    for (const { comment } of Object.values(project.reflections)) {
      comment?.getTags("@throws").forEach(nameError);
    }
  });
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    ({ project }) => project.getReflectionsByKind(ReflectionKind.SomeModule).forEach(addIndex),
    -1000,
  );
}
