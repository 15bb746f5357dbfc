// Make static/bundle.js and static/licences.txt of the packages of the lock file.
import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const to = path.resolve(process.argv[2] ?? path.join(here, "..", "static"));
const made = await build({
  entryPoints: [path.join(here, "src", "index.js")],
  bundle: true, minify: true, format: "esm", target: ["es2022"], legalComments: "none", metafile: true,
  alias: { entities: path.join(here, "src", "entities.js") },
  outfile: path.join(to, "bundle.js"), logLevel: "warning", absWorkingDir: here,
  banner: { js: "/* Made by  inv bundle . What it holds, and by whose leave: licences.txt */" },
});
const packages = new Set(Object.keys(made.metafile.inputs)
  .map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = path.join(here, "node_modules", name);
  const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? fs.readFileSync(path.join(folder, file), "utf8").trim() : license;
  return `${name} ${version} (${license})\n\n${text}\n`;
});
fs.writeFileSync(path.join(to, "licences.txt"), licences.join(`\n${"-".repeat(72)}\n\n`));
