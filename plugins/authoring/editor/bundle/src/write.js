// Write Markdown of nodes. What nobody changed is written as it was read.

const ORDER = ["link", "strong", "em", "code"];
/** What begins a block when it stands at the start of a line. */
const START = /^(#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|\/{3}|:(?=\s)|~{3}|={3,}|-{3,})/;
const NUMBER = /^(\d{1,9})([.)])(?=\s|$)/;

/** Return the Markdown of one block. With `strict`, every sign that can mean anything is escaped. */
export function writeBlock(node, strict = false) {
  switch (node.type.name) {
    case "paragraph": return writeInline(node, strict);
    case "heading": return `${"#".repeat(node.attrs.level)} ${writeInline(node, strict).replace(/\n/g, " ")}`;
    case "blockquote": return lines(writeBlocks(node, strict)).map((line) => (line ? `> ${line}` : ">")).join("\n");
    case "bullet_list": return writeList(node, () => `${node.attrs.mark} `, strict);
    case "ordered_list": return writeList(node, (number) => `${node.attrs.start + number}${node.attrs.mark} `, strict);
    case "rule": return node.attrs.mark;
    case "source": return node.attrs.text;
    case "house": {
      const { slashes, name, argument } = node.attrs;
      const text = writeBlocks(node, strict);
      return [`${slashes} ${name}${argument ? ` | ${argument}` : ""}`, ...(text ? [text] : []), slashes].join("\n");
    }
    default: throw new Error(`no Markdown for ${node.type.name}`);
  }
}

const lines = (text) => text.split("\n");

function writeBlocks(node, strict) {
  const parts = [];
  node.forEach((child) => parts.push(writeBlock(child, strict)));
  return parts.filter((part) => part.trim()).join("\n\n");
}

function writeList(node, marker, strict) {
  const items = [];
  node.forEach((item, _, number) => {
    const mark = marker(number);
    let text = "";
    item.forEach((child, __, place) => {
      const isNested = /_list$/.test(child.type.name);
      if (place) text += node.attrs.tight && isNested ? "\n" : "\n\n";
      text += writeBlock(child, strict);
    });
    const [first, ...rest] = lines(text);
    items.push([mark + first, ...rest.map((line) => (line ? " ".repeat(mark.length) + line : ""))].join("\n"));
  });
  return items.join(node.attrs.tight ? "\n" : "\n\n");
}

function writeInline(node, strict) {
  let out = "";
  let active = [];
  let spaces = "";
  let isStart = true;
  const close = (keep) => {
    while (active.length > keep) out += closing(active.pop());
  };
  node.forEach((child) => {
    const wanted = [...child.marks].sort((a, b) => order(a, active) - order(b, active));
    let common = 0;
    while (common < active.length && common < wanted.length && active[common].eq(wanted[common])) common += 1;
    close(common);
    // Spaces at the end of a line mean nothing, or a line break that nobody meant.
    out = child.type.name === "soft_break" ? withoutEnd(out) : out + spaces;
    spaces = "";
    let text = written(child, strict, isStart);
    // A mark cannot begin or end at a space.
    if (wanted.length > common && child.isText) {
      const lead = /^\s*/.exec(text)[0];
      out += lead;
      text = text.slice(lead.length);
    }
    for (const mark of wanted.slice(common)) {
      if (mark.type.name !== "code") out += opening(mark);
      active.push(mark);
    }
    if (wanted.length && child.isText && !wanted.some((mark) => mark.type.name === "code")) {
      spaces = /\s*$/.exec(text)[0];
      text = text.slice(0, text.length - spaces.length);
    }
    out += text;
    isStart = child.type.name === "soft_break" || (isStart && !text);
  });
  close(0);
  return withoutEnd(out + spaces);
}

const withoutEnd = (text) => text.replace(/[ \t]+$/, "");

function order(mark, active) {
  const place = active.findIndex((one) => one.eq(mark));
  return place >= 0 ? place - 10 : ORDER.indexOf(mark.type.name);
}

function opening(mark) {
  return mark.type.name === "link" ? "[" : mark.attrs.mark || "";
}

function closing(mark) {
  if (mark.type.name === "link") return `](${address(mark.attrs.href)})`;
  return mark.type.name === "code" ? "" : mark.attrs.mark;
}

/** An address that somebody typed may hold spaces and brackets. */
function address(href) {
  return /[\s<>]|\((?![^()]*\))/.test(href) ? encodeURI(href).replace(/[()]/g, (sign) => (sign === "(" ? "%28" : "%29")) : href;
}

function written(child, strict, isStart) {
  switch (child.type.name) {
    case "soft_break": return "\n";
    case "note": return `[^${child.attrs.id}]`;
    case "image": return `![${child.attrs.alt}](${address(child.attrs.src)})`;
    default: {
      if (child.marks.some((mark) => mark.type.name === "code")) return codeSpan(child.text);
      // At the start of a line they would mean code.
      return escaped(isStart ? child.text.replace(/^[ \t]+/, "") : child.text, strict, isStart);
    }
  }
}

function codeSpan(text) {
  const longest = Math.max(0, ...(text.match(/`+/g) || []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$/.test(text) ? " " : "";
  return fence + pad + text + pad + fence;
}

function escaped(text, strict, isStart) {
  let made = strict
    ? text.replace(/[\\`*_[\]<&]/g, "\\$&")
    : text
      .replace(/\\(?=[!-/:-@[-`{-~])/g, "\\\\")
      .replace(/`/g, "\\`")
      .replace(/\*/g, (sign, at) => (isSpace(text[at - 1]) && isSpace(text[at + 1]) ? sign : "\\*"))
      .replace(/_/g, (sign, at, whole) => (isWord(whole[at - 1]) && isWord(whole[at + 1]) ? sign : "\\_"))
      .replace(/\[(?=\^|[^[\]]*\][([])/g, "\\[")
      .replace(/<(?=[A-Za-z/!?])/g, "\\<")
      .replace(/&(?=#?\w+;)/g, "\\&");
  if (isStart) made = made.replace(NUMBER, "$1\\$2").replace(START, "\\$1");
  return made;
}

const isSpace = (sign) => sign === undefined || /\s/.test(sign);
const isWord = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

/**
 * Return the Markdown of a document.
 *
 * `originals` are the blocks that it was read from, by key: a block that is as it was read is written as it was
 * written, and so is what stood between two that are still neighbours. `check` reads a block back; where it reads as
 * another, every sign in it is escaped.
 */
export function write(doc, originals, check) {
  const used = new Set();
  let text = "";
  let before = null;
  let last = null;
  const starts = [];
  doc.forEach((node, offset) => {
    const { key } = node.attrs;
    const original = key === null || used.has(key) ? undefined : originals[key];
    const isSame = original && original.node.eq(node);
    const made = isSame ? original.text : changed(node, check);
    if (!made.trim()) return;
    if (before !== null) text += original && before === key - 1 ? originals[before].gap : gap(last, node);
    if (original) used.add(key);
    last = node;
    before = original ? key : -2;
    starts.push({ offset, line: text.split("\n").length });
    text += made;
  });
  return { text, starts };
}

/** Two lists that came to stand side by side become one; all else has a blank line between. */
function gap(before, after) {
  const isOne = /_list$/.test(after.type.name) && before.type === after.type && before.attrs.mark === after.attrs.mark;
  return isOne && before.attrs.tight && after.attrs.tight ? "\n" : "\n\n";
}

function changed(node, check) {
  const plain = writeBlock(node);
  if (!check || check(plain, node)) return plain;
  return writeBlock(node, true);
}
