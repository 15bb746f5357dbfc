// Read texts from standard input, as JSON, and print what the editor would change in them without being asked.
//
// Usage: node round_trip.mjs FOLDER_OF_THE_SOURCE
const [folder] = process.argv.slice(2);
const { read, readsAs } = await import(`${folder}/read.js`);
const { write, writeBlock } = await import(`${folder}/write.js`);
const { schema } = await import(`${folder}/schema.js`);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const told = { texts: texts.length, blocks: 0, kept: 0, edits: 0, moves: 0, wrong: [] };
const wrong = (what, text, made) => told.wrong.length < 5 && told.wrong.push({ what, text, made });

// The same numbers in each run.
let seed = 1;
const random = (below) => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};

/** Put a word before the first text of `node`; null where there is none. */
function withWord(node, word = "Zword") {
  if (node.isTextblock) {
    const first = node.firstChild;
    if (!first?.isText) return null;
    return node.copy(node.content.replaceChild(0, schema.text(`${word} ${first.text}`, first.marks)));
  }
  for (let place = 0; place < node.childCount; place += 1) {
    const made = withWord(node.child(place), word);
    if (made) return node.copy(node.content.replaceChild(place, made));
  }
  return null;
}

const words = (doc) => doc.textBetween(0, doc.content.size, "\n", (leaf) => leaf.attrs.text || "")
  // Where a loose list met another, their marks are words of what stays as it is written.
  .replace(/^\s*(?:[-*+]|\d+[.)]) /gm, "").replace(/\s+/g, " ");

for (const text of texts) {
  const { doc, originals } = read(text);
  const made = write(doc, originals, readsAs).text;
  if (made !== text) wrong("unchanged", text, made);
  for (let place = 0; place < doc.childCount; place += 1) {
    told.blocks += 1;
    const node = doc.child(place);
    if (node.type.name === "source") told.kept += 1;
    const edited = node.type.name === "source" ? null : withWord(node);
    if (!edited) continue;
    told.edits += 1;
    const out = write(doc.copy(doc.content.replaceChild(place, edited)), originals, readsAs).text;
    const expected = originals.map((piece, key) => (key === place ? writeBlock(edited) : piece.text) + piece.gap).join("");
    if (out !== expected) wrong("another block changed", text, out);
    if (writeBlock(edited).split("\n").filter((line, number) => line.trim() !== originals[place].text.split("\n")[number].trim()).length > 1) wrong("more than one line changed", originals[place].text, writeBlock(edited));
    if (!readsAs(writeBlock(edited), edited)) wrong("reads as another", originals[place].text, writeBlock(edited));
    const spaced = withWord(node, "    Zword");
    if (!readsAs(writeBlock(spaced), spaced)) wrong("spaces mean something", originals[place].text, writeBlock(spaced));
  }
  for (let round = 0; doc.childCount > 1 && round < 5; round += 1) {
    told.moves += 1;
    const nodes = [];
    doc.forEach((node) => nodes.push(node));
    const [moved] = nodes.splice(random(nodes.length), 1);
    if (random(2)) nodes.splice(random(nodes.length + 1), 0, moved);
    const changed = schema.nodes.doc.create(null, nodes.length ? nodes : [schema.nodes.paragraph.create()]);
    const out = write(changed, originals, readsAs).text;
    if (words(read(out).doc) !== words(changed)) wrong("a move lost words", text, out);
  }
}
console.log(JSON.stringify(told));
