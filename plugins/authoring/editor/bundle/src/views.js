// How nodes show that are more than text: blocks of ours, what stays as source, pictures.

const KINDS = {
  quote: ["Quotation", "who said it"],
  reflection: ["Questions to reflect on", "a heading, or nothing"],
  commitments: ["Commitments", "their ids"],
  "call-to-action": ["Call to action", "a short heading"],
  "content-note": ["Content note", ""],
  help: ["Help contacts", "their ids"],
};

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const put = (view, at, attrs) => view.dispatch(view.state.tr.setNodeMarkup(at(), null, attrs));

/** A block of ours: its name, what follows the line, and the text in it. */
export function house(node, view, at) {
  const [words, asks] = KINDS[node.attrs.name] || [node.attrs.name, "what it says"];
  const label = element("div", { class: "label", contenteditable: "false" }, element("span", {}, words));
  const input = element("input", { type: "text", "aria-label": `${words}: ${asks}`, placeholder: asks });
  input.value = node.attrs.argument;
  input.addEventListener("input", () => put(view, at, { ...node.attrs, argument: input.value.replace(/[\n|]/g, " ") }));
  if (asks || node.attrs.argument) label.append(input);
  const contentDOM = element("div", {});
  return {
    dom: element("div", { class: "house" }, label, contentDOM),
    contentDOM,
    update(next) {
      if (next.type !== node.type || next.attrs.name !== node.attrs.name) return false;
      node = next;
      if (document.activeElement !== input) input.value = next.attrs.argument;
      return true;
    },
    stopEvent: (event) => label.contains(event.target),
    ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
  };
}

/** What stays as it is written: a table, a note at the foot, HTML. It can be changed as Markdown. */
export function source(node, view, at) {
  const area = element("textarea", { "aria-label": "Markdown", spellcheck: "true" });
  const size = () => { area.rows = area.value.split("\n").length; };
  area.value = node.attrs.text;
  size();
  area.addEventListener("input", () => {
    size();
    put(view, at, { ...node.attrs, text: area.value });
  });
  return {
    dom: element("div", { class: "kept-source", contenteditable: "false" }, area),
    update(next) {
      if (next.type !== node.type) return false;
      node = next;
      if (area.value !== next.attrs.text) area.value = next.attrs.text;
      size();
      return true;
    },
    stopEvent: () => true,
    ignoreMutation: () => true,
  };
}

/** A picture, shown from the folder of the entry. */
export function image(path) {
  return (node) => {
    const isOwn = !/^[a-z]+:|^\//i.test(node.attrs.src);
    const address = `/write/picture/${path.split("/").map(encodeURIComponent).join("/")}?name=${encodeURIComponent(node.attrs.src)}`;
    const dom = element("img", { alt: node.attrs.alt || "A picture that says nothing" });
    if (isOwn) dom.src = address;
    return { dom };
  };
}
