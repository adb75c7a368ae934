// Reads Argdown texts from standard input, one JSON string a line, and answers each with what Argdown's parser sees.
"use strict";

const { ArgdownApplication, DataPlugin, ModelPlugin, ParserPlugin } = require("@argdown/core");

const app = new ArgdownApplication();
app.addPlugin(new ParserPlugin(), "parse-input");
app.addPlugin(new DataPlugin(), "build-model");
app.addPlugin(new ModelPlugin(), "build-model");

// A member as the notation names it; an inference by its argument, with the number of its conclusion if more follow.
function named(end, members) {
  if (end.type !== "inference") return end.type === "argument" ? `<${end.title}>` : `[${end.title}]`;
  const last = end.conclusionIndex + 1 === members[end.argumentTitle].pcs.length;
  return `<${end.argumentTitle}>` + (last ? "" : ` (${end.conclusionIndex + 1})`);
}

function words(member) {
  return member.members.filter((one) => !one.isReference).map((one) => one.text);
}

function seen(input) {
  const found = app.run({ process: ["parse-input", "build-model"], input, logLevel: "silent" });
  const errors = [...(found.lexerErrors || []), ...(found.parserErrors || []), ...(found.exceptions || [])];
  return {
    errors: errors.map((one) => one.message),
    title: found.frontMatter && found.frontMatter.title,
    statements: Object.values(found.statements || {}).map((one) => [`[${one.title}]`, words(one), one.data]),
    arguments: Object.values(found.arguments || {}).map((one) => [`<${one.title}>`, words(one), one.data]),
    steps: Object.values(found.arguments || {}).map((one) => one.pcs.map((each) => [`[${each.title}]`, each.role])),
    relations: (found.relations || []).map((one) =>
      [named(one.from, found.arguments), one.relationType, named(one.to, found.arguments)]),
  };
}

const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", (line) => process.stdout.write(JSON.stringify(seen(JSON.parse(line))) + "\n"));
