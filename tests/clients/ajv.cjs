// Compile every schema below a folder with ajv in strict mode; what it refuses goes to stdout, in JSON.
// node ajv.cjs MODULES SCHEMAS
const fs = require("fs"), path = require("path");
const [modules, root] = process.argv.slice(2);
const Ajv = require(path.join(modules, "ajv/dist/2020"));
const read = (file) => JSON.parse(fs.readFileSync(file, "utf-8"));

const files = fs.readdirSync(root, {recursive: true}).filter((name) => name.endsWith(".schema.json"));
const address = (name) => "file:///" + name.split(path.sep).join("/");
// The notes of a choice hold the six criteria by name, and those of a territory by a pattern that no
// linear engine can make leave the six out: both ask for the same number.
const ajv = new Ajv({strict: true, allErrors: true, allowMatchingProperties: true});
const {format, ...words} = read(path.join(root, "vocabulaire.json")).properties;
for (const [keyword, metaSchema] of Object.entries(words)) ajv.addKeyword({keyword, metaSchema});
for (const name of format.enum) ajv.addFormat(name, true);
for (const name of files) ajv.addSchema(read(path.join(root, name)), address(name));

const refused = {};
for (const name of files) {
  try {
    ajv.compile({$ref: address(name)});
  } catch (error) {
    refused[name] = error.message;
  }
}
console.log(JSON.stringify({count: files.length, refused}));
