// Read Markdown: cut it into blocks, and make a node of each that the serialiser would write exactly so.
import MarkdownIt from "markdown-it";
import { schema } from "./schema.js";
import { writeBlock } from "./write.js";

const OPEN = /^(\/{3,})[ \t]+([\w-]+)(?:[ \t]*\|[ \t]*(.*?))?[ \t]*$/;
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/m;

const markdown = new MarkdownIt("commonmark", { html: true }).enable(["table"]);
// Addresses stay as they are written.
markdown.normalizeLink = (url) => url;
markdown.validateLink = () => true;
markdown.block.ruler.before("fence", "house", house, { alt: ["paragraph", "blockquote", "list"] });
markdown.inline.ruler.before("link", "note", note);

/** A block of ours: everything from its opening line to the line with as many slashes. */
function house(state, start, end, silent) {
  const line = (number) => state.src.slice(state.bMarks[number], state.eMarks[number]);
  const opened = state.blkIndent === 0 && OPEN.exec(line(start));
  if (!opened) return false;
  let last = start + 1;
  while (last < end && line(last).trim() !== opened[1]) last += 1;
  if (last >= end) return false;
  if (silent) return true;
  const token = state.push("house", "", 0);
  token.map = [start, last + 1];
  token.meta = { slashes: opened[1], name: opened[2], argument: opened[3] || "" };
  token.content = Array.from({ length: last - start - 1 }, (_, number) => line(start + 1 + number)).join("\n");
  state.line = last + 1;
  return true;
}

/** A reference to a note at the foot. */
function note(state, silent) {
  const found = /^\[\^([\w-]+)\](?!:)/.exec(state.src.slice(state.pos));
  if (!found) return false;
  if (!silent) state.push("note", "", 0).meta = { id: found[1] };
  state.pos += found[0].length;
  return true;
}

/** Return `text` as pieces in order: each a block with its lines, `{ text, gap }`, where `gap` follows it. */
export function pieces(text) {
  const lines = text.split("\n");
  const tokens = markdown.parse(text, {});
  const blocks = [];
  for (const token of tokens) {
    if (token.level !== 0 || !token.map || token.nesting < 0) continue;
    let [first, last] = token.map;
    while (last > first + 1 && !lines[last - 1].trim()) last -= 1;
    blocks.push([first, last]);
  }
  // Lines that no token covers, such as definitions of references, are blocks of their own.
  const found = [];
  let line = 0;
  for (const [first, last] of [...blocks, [lines.length, lines.length]]) {
    let from = line;
    for (let number = line; number <= first; number += 1) {
      if (number < first && lines[number].trim()) continue;
      if (number > from) found.push([from, number]);
      from = number + 1;
    }
    if (last > first) found.push([first, last]);
    line = Math.max(line, last);
  }
  return found.map(([first, last], number) => ({
    text: lines.slice(first, last).join("\n"),
    first,
    gap: number + 1 < found.length ? "\n" + lines.slice(last, found[number + 1][0]).map((one) => `${one}\n`).join("") : "",
  }));
}

/** Return the node of one block; a source node where the serialiser would write more than spaces otherwise. */
export function readBlock(text, key = null) {
  const made = tryBlock(text);
  if (made && writeBlock(made) === withoutSpaces(text, made)) return made.type.create({ ...made.attrs, key }, made.content);
  return schema.nodes.source.create({ key, text });
}

/** Return `text` without the spaces at the ends of its lines that mean nothing. */
function withoutSpaces(text, node) {
  if (node.isTextblock) return text.split("\n").map((line) => line.replace(/^[ \t]+|[ \t]+$/g, "")).join("\n");
  return text.replace(/(\S)[ \t](?=\n|$)/g, "$1");
}

function tryBlock(text) {
  try {
    const nodes = blocks(markdown.parse(text, {}));
    return nodes.length === 1 ? nodes[0] : null;
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

/** Raised for what has no node; its block stays as it is written. */
class Unknown extends Error {}

function blocks(tokens) {
  const stack = [[]];
  const opened = [];
  for (const token of tokens) {
    if (token.nesting > 0) {
      opened.push(token);
      stack.push([]);
    } else if (token.nesting < 0) {
      const content = stack.pop();
      stack.at(-1).push(around(opened.pop(), content));
    } else if (token.type === "inline") stack.at(-1).push(...inline(token.children));
    else stack.at(-1).push(alone(token));
  }
  return stack[0];
}

function around(token, content) {
  const { nodes } = schema;
  switch (token.type) {
    case "paragraph_open": return nodes.paragraph.create(null, content);
    case "heading_open":
      if (!token.markup.startsWith("#")) throw new Unknown();
      return nodes.heading.create({ level: Number(token.tag[1]) }, content);
    case "blockquote_open": return nodes.blockquote.create(null, content);
    case "bullet_list_open": return nodes.bullet_list.create({ mark: token.markup, tight: !token.loose }, content);
    case "ordered_list_open":
      return nodes.ordered_list.create({ start: Number(token.attrGet("start") ?? 1), mark: token.markup, tight: !token.loose }, content);
    case "list_item_open":
      // What looks like an item within a paragraph is one to the site.
      if (content.some((node) => node.isTextblock && ITEM.test(linesOf(node)))) throw new Unknown();
      if (!content.length || !content[0].isTextblock) throw new Unknown();
      return nodes.list_item.create(null, content);
    default: throw new Unknown();
  }
}

function linesOf(node) {
  let text = "";
  node.forEach((child) => { text += child.type.name === "soft_break" ? "\n" : child.text || "x"; });
  return text;
}

function alone(token) {
  const { nodes } = schema;
  if (token.type === "hr") return nodes.rule.create({ mark: token.markup });
  if (token.type !== "house") throw new Unknown();
  return nodes.house.create(token.meta, pieces(token.content).map((piece) => readBlock(piece.text)));
}

function inline(tokens) {
  const nodes = [];
  let marks = [];
  const push = (node) => nodes.push(node.mark(marks));
  for (const token of tokens) {
    const mark = { em: "em", strong: "strong", link: "link" }[token.type.replace(/_(open|close)$/, "")];
    if (mark && token.nesting > 0) {
      if (mark === "link" && (token.markup === "autolink" || token.attrGet("title"))) throw new Unknown();
      marks = schema.marks[mark].create(mark === "link" ? { href: token.attrGet("href") } : { mark: token.markup }).addToSet(marks);
    } else if (mark) marks = marks.filter((one) => one.type.name !== mark);
    else if (token.type === "text") token.content && push(schema.text(token.content));
    else if (token.type === "text_special") push(schema.text(token.content));
    else if (token.type === "softbreak") push(schema.nodes.soft_break.create());
    else if (token.type === "note") push(schema.nodes.note.create(token.meta));
    else if (token.type === "code_inline") nodes.push(schema.text(token.content, schema.marks.code.create().addToSet(marks)));
    else if (token.type === "image") {
      if (token.attrGet("title")) throw new Unknown();
      push(schema.nodes.image.create({ src: token.attrGet("src"), alt: token.content }));
    } else throw new Unknown();
  }
  return nodes;
}

/** Fill the loose lists and the blocks of ours, which tokens tell of in ways of their own. */
markdown.core.ruler.push("loose", (state) => {
  const open = [];
  for (const token of state.tokens) {
    if (/_list_open$/.test(token.type)) open.push(token);
    else if (/_list_close$/.test(token.type)) open.pop();
    else if (token.type === "paragraph_open" && open.length && !token.hidden) open.at(-1).loose = true;
  }
});

/** Return the document of `text`, and the blocks that it was read from by key. */
export function read(text) {
  const originals = pieces(text).map((piece, key) => ({ ...piece, node: readBlock(piece.text, key) }));
  const nodes = originals.map(({ node }) => node);
  return { doc: schema.nodes.doc.create(null, nodes.length ? nodes : [schema.nodes.paragraph.create()]), originals };
}

/** Tell whether `text` reads as `node` and nothing else; keys, and spaces at the ends of lines, do not count. */
export function readsAs(text, node) {
  const made = tryBlock(text);
  return made !== null && JSON.stringify(bare(made)) === JSON.stringify(bare(node));
}

function bare(node) {
  return JSON.parse(JSON.stringify(node.toJSON(), (name, value) => {
    if (name === "key") return undefined;
    return name === "content" ? trimmed(trimmed(value, /^[ \t]+/).reverse(), /[ \t]+$/).reverse() : value;
  }));
}

/** Return `nodes` without what `edge` matches in the texts that begin a line, in the order of `nodes`. */
function trimmed(nodes, edge) {
  let isEdge = true;
  const made = [];
  for (const node of nodes) {
    const isPlain = node.type === "text" && !node.marks?.some((mark) => mark.type === "code");
    const text = isPlain && isEdge ? node.text.replace(edge, "") : node.text;
    if (node.type === "text" && !text) continue;
    isEdge = node.type === "soft_break";
    made.push(node.type === "text" ? { ...node, text } : node);
  }
  return made;
}
