// What a text may hold. A top-level node bears the key of the block that it was read from.
import { Schema } from "prosemirror-model";

const key = { key: { default: null } };

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", attrs: key, parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      group: "block", content: "inline*", defining: true, attrs: { ...key, level: { default: 2 } },
      // The page has one h1, its title.
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(2, level) } })),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    blockquote: { group: "block", content: "block+", defining: true, attrs: key, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    bullet_list: {
      group: "block", content: "list_item+", attrs: { ...key, mark: { default: "-" }, tight: { default: true } },
      parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0],
    },
    ordered_list: {
      group: "block", content: "list_item+", attrs: { ...key, start: { default: 1 }, mark: { default: "." }, tight: { default: true } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: dom.start || 1 }) }],
      toDOM: (node) => ["ol", { start: node.attrs.start }, 0],
    },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    rule: { group: "block", attrs: { ...key, mark: { default: "---" } }, parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    house: {
      group: "block", content: "block*", defining: true, isolating: true,
      attrs: { ...key, name: {}, argument: { default: "" }, slashes: { default: "///" } },
      toDOM: (node) => ["div", { "data-house": node.attrs.name }, 0],
    },
    source: { group: "block", atom: true, attrs: { ...key, text: { default: "" } }, toDOM: (node) => ["pre", node.attrs.text] },
    text: { group: "inline" },
    soft_break: { group: "inline", inline: true, selectable: false, toDOM: () => ["span", { class: "soft" }, " "] },
    note: { group: "inline", inline: true, atom: true, attrs: { id: {} }, toDOM: (node) => ["sup", `[${node.attrs.id}]`] },
    image: {
      group: "inline", inline: true, draggable: true, attrs: { src: {}, alt: { default: "" }, title: { default: "" } },
      toDOM: (node) => ["img", { src: node.attrs.src, alt: node.attrs.alt }],
    },
  },
  marks: {
    link: {
      inclusive: false, attrs: { href: {}, title: { default: "" } },
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
      toDOM: (mark) => ["a", { "data-href": mark.attrs.href, title: mark.attrs.href }, 0],
    },
    em: { attrs: { mark: { default: "*" } }, parseDOM: [{ tag: "i" }, { tag: "em" }], toDOM: () => ["em", 0] },
    strong: { attrs: { mark: { default: "**" } }, parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  },
});
