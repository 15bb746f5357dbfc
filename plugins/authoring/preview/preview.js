// The preview's part of a page: refreshes it, shows what is wrong over it, and marks what is not published yet.
// The server adds it on the way to the browser; it stands in no file of the site.

const { page, digest, events } = document.querySelector("script[data-events]").dataset;

const COLOURS = `
  :host { all: initial; --ink: #1d1b19; --paper: #fffdf8; --line: #d9cfc0; --alarm: #9c1c1c; --code: #f4eee3; --wrong: #fbe3df;
    color-scheme: light dark; }
  @media (prefers-color-scheme: dark) {
    :host { --ink: #f4efe6; --paper: #2b2724; --line: #5b534b; --alarm: #ffb0a3; --code: #1f1c1a; --wrong: #54241f; }
  }`;

const STYLE = `${COLOURS}
  * { box-sizing: border-box; }
  .box { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 75vh; display: flex;
    flex-direction: column; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
    border-block-start: .375rem solid var(--alarm); box-shadow: 0 -.5rem 2rem rgb(0 0 0 / .35); }
  .box[hidden] { display: none; }
  header, .all { inline-size: 100%; max-inline-size: 60rem; margin-inline: auto; }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: .75rem 1rem; }
  h2 { flex: 1 1 12rem; margin: 0; font-size: 1.125rem; line-height: 1.3; color: var(--alarm); }
  button { min-block-size: 2.75rem; padding-inline: 1rem; font: inherit; color: inherit; background: var(--code);
    border: 1px solid currentcolor; border-radius: .375rem; cursor: pointer; }
  button:focus-visible, .all:focus-visible, pre:focus-visible { outline: .1875rem solid currentcolor; outline-offset: .125rem; }
  .all { overflow: auto; overscroll-behavior: contain; padding: 0 1rem 1rem; }
  .all[hidden] { display: none; }
  article + article { margin-block-start: 1.25rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
  h3 { margin: 0; font-size: 1.0625rem; line-height: 1.4; overflow-wrap: anywhere; }
  p { margin: .375rem 0 0; overflow-wrap: anywhere; }
  code { padding: 0 .25em; font: .9em ui-monospace, monospace; background: var(--code); border-radius: .25rem; }
  .place, .name { font-family: ui-monospace, monospace; font-size: .875rem; }
  .name { opacity: .85; }
  pre { margin: .625rem 0 0; padding: .5rem 0; overflow-x: auto; background: var(--code); border-radius: .375rem;
    font: .875rem/1.6 ui-monospace, monospace; tab-size: 2; }
  pre span { display: block; min-inline-size: max-content; padding-inline: .75rem; white-space: pre; }
  pre .wrong { background: var(--wrong); }
  pre .caret { color: var(--alarm); font-weight: 700; }
  .hint { padding-inline-start: .75rem; border-inline-start: .25rem solid var(--alarm); }
  @media (forced-colors: active) { pre .wrong { border-inline-start: .25rem solid; } }
  @media print { .box { display: none; } }`;

const MARKS = `
  .preview-mark { display: inline-block; margin-inline-start: .5em; padding: 0 .5em; font: 700 .875rem/1.6 system-ui, sans-serif;
    color: #3a2500; background: #ffd680; border: 1px solid #3a2500; border-radius: .25rem; text-decoration: none;
    vertical-align: middle; }
  .preview-note { margin: 0; padding: .625rem 1rem; font: 700 1rem/1.4 system-ui, sans-serif; text-align: center; color: #3a2500;
    background: #ffd680; border-block-end: .1875rem dashed #3a2500; }`;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

// The overlay. It is there, empty, from the start, so that a screen reader tells what appears in it.
const host = element("preview-overlay");
const root = host.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet(STYLE)];
const title = element("h2");
const fold = element("button", { type: "button", "aria-expanded": "true", "aria-controls": "all" }, "Hide");
const all = element("div", { class: "all", id: "all", tabindex: "0", role: "group", "aria-label": "What is wrong" });
const box = element("section", { class: "box", "aria-label": "Preview", hidden: "" }, element("header", {}, title, fold), all);
root.append(element("div", { role: "alert" }, box));
document.body.append(host);

function open(isOpen) {
  all.hidden = !isOpen;
  fold.textContent = isOpen ? "Hide" : "Show";
  fold.setAttribute("aria-expanded", String(isOpen));
}

fold.addEventListener("click", () => open(all.hidden));

function source({ lines, line, column }) {
  const width = String(lines.at(-1)[0]).length;
  const rows = lines.flatMap(([number, text]) => {
    const row = element("span", number === line ? { class: "wrong" } : {}, `${String(number).padStart(width)}  ${text}`);
    if (number !== line) return [row];
    // Tabs stay tabs, so that the mark stands below the character that it means.
    const before = text.slice(0, Math.max(0, column - 1)).replace(/[^\t]/g, " ");
    return [row, element("span", { class: "caret", "aria-hidden": "true" }, `${" ".repeat(width)}  ${before}^`)];
  });
  return element("pre", { tabindex: "0" }, ...rows);
}

function problem(found) {
  const place = found.line ? `${found.file}, line ${found.line}, column ${found.column}` : found.file;
  return element(
    "article",
    {},
    element("h3", {}, ...worded(sentence(found.message))),
    element("p", { class: "place" }, place),
    ...(found.lines.length ? [source(found)] : []),
    element("p", { class: "hint" }, element("strong", {}, "Mend: "), ...worded(found.hint)),
    element("p", { class: "name" }, found.name),
  );
}

function sentence(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}

// What stands between backticks is to be typed as it is.
function worded(text) {
  return text.split("`").map((part, place) => (place % 2 ? element("code", {}, part) : part));
}

let told = "[]";

function show(data) {
  if (data === told) return;
  told = data;
  const problems = JSON.parse(data);
  title.textContent = problems.length === 1 ? "1 problem to mend" : `${problems.length} problems to mend`;
  all.replaceChildren(...problems.map(problem));
  // Within the editor, which tells them beside their fields, the page stays in view.
  open(window.parent === window);
  box.hidden = problems.length === 0;
  // What the overlay hides must still be reachable by scrolling.
  document.documentElement.style.setProperty("padding-block-end", problems.length ? `${box.offsetHeight}px` : "");
}

// Marks: what readers do not see yet says so, on its page and wherever a link leads to it.
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet(MARKS)];

function words(found) {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return found.replace(/\d{4}-\d{2}-\d{2}/, (iso) => day.format(new Date(iso)));
}

function mark(marks) {
  document.querySelectorAll(".preview-mark, .preview-note").forEach((old) => old.remove());
  const here = marks[location.pathname];
  if (here) {
    const note = element("p", { class: "preview-note", role: "note" }, `${words(here)}. Readers do not see this page yet.`);
    document.querySelector("main")?.before(note);
  }
  for (const link of document.querySelectorAll("main a[href]")) {
    const found = link.origin === location.origin && marks[link.pathname];
    const card = link.closest("li, article, p") ?? link;
    // Within the link: its card may be a grid or a row, which another child would disturb. Once a card is enough.
    if (found && link.textContent.trim() && !card.querySelector(".preview-mark")) {
      link.append(element("span", { class: "preview-mark" }, words(found)));
    }
  }
}

// Only a page in view listens: a browser keeps few connections to one host.
let listening;

function listen() {
  listening?.close();
  if (document.hidden) return;
  listening = new EventSource(`${events}?page=${encodeURIComponent(page)}&digest=${digest}`);
  listening.addEventListener("refresh", () => location.reload());
  listening.addEventListener("problems", ({ data }) => show(data));
  listening.addEventListener("marks", ({ data }) => mark(JSON.parse(data)));
}

document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => listening?.close());
addEventListener("pageshow", ({ persisted }) => persisted && listen());
listen();

