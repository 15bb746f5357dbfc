// Write one entry: keeps what is typed, tells what is wrong beside it, saves, sends and publishes.
import { ask, tell } from "./request.js";
import { animate, collect, fieldAt, problemItem, button } from "./fields.js";
import { insertMenu } from "./insert.js";
import { pictures } from "./pictures.js";
import { plain } from "./textarea.js";
import { follow as followPublication } from "./publishing.js";
import { team } from "./presence.js";

/** So long after the last key (milliseconds). */
const PAUSE = 100;
const held = JSON.parse(document.getElementById("held").textContent);
const form = document.querySelector("[data-form]");
const place = document.getElementById("text");
const at = (action) => `/write/do/${action}/${held.path.split("/").map(encodeURIComponent).join("/")}`;
const one = (name) => document.querySelector(`[data-${name}]`);
const kept = one("kept");

let { base, version } = held;
let timer = 0;
let busy = null;
let again = false;
let isKept = true;
let seen = "";
let known = {};
let ease = "";

const writing = plain(place, held.source ?? held.body, changed);
let current = writing;

/** Return what all fields hold, by name. */
function fieldValues() {
  const values = {};
  for (const fields of form.querySelectorAll("[data-fields]")) {
    if (!fields.parentElement.closest("[data-field]")) Object.assign(values, collect(fields));
  }
  return values;
}

/** Return what is to be sent: of the fields, those alone that differ from the version that is known here. */
function state() {
  if (!form) return { base, version, source: current.text() };
  const values = Object.fromEntries(Object.entries(fieldValues()).filter(([name, value]) => JSON.stringify(value) !== known[name]));
  return { base, version, values, body: current.text() };
}

/** Return what the fields hold now, to be compared with later: one that is only shown otherwise is not a change. */
function snapshot() {
  return form ? Object.fromEntries(Object.entries(fieldValues()).map(([name, value]) => [name, JSON.stringify(value)])) : {};
}

function changed() {
  isKept = false;
  kept.textContent = "…";
  words();
  clearTimeout(timer);
  timer = setTimeout(autosave, PAUSE);
}

/** Keep what is written, and look it over. One request at a time: the last state counts. */
async function autosave() {
  clearTimeout(timer);
  if (busy) {
    again = true;
    return busy;
  }
  busy = (async () => {
    do {
      again = false;
      const { data } = await ask(at("autosave"), state());
      if (data.error) {
        kept.textContent = data.error;
        return;
      }
      isKept = true;
      kept.textContent = data.version === base ? "Saved" : "Kept, not saved yet";
      ({ ease } = data);
      one("unsaved").hidden = data.version === base;
      words();
      if (!again) showProblems(data.problems);
    } while (again);
  })().finally(() => { busy = null; });
  return busy;
}

function showProblems(problems) {
  for (const list of document.querySelectorAll(".problems")) list.replaceChildren();
  for (const field of document.querySelectorAll(".wrong")) {
    field.classList.remove("wrong");
    field.querySelector("[data-value]")?.removeAttribute("aria-invalid");
  }
  const inText = problems.filter((problem) => problem.line || !form);
  for (const problem of problems) {
    const fix = problem.fixes ? () => fixed(problem.line) : undefined;
    if (inText.includes(problem)) {
      const show = problem.line ? () => current.show(problem) : undefined;
      const replace = problem.line && problem.replacement ? () => current.replace(problem, problem.replacement) : undefined;
      one("text").append(problemItem(problem, { fix: problem.line ? fix : undefined, show, replace }));
      continue;
    }
    const field = fieldAt(form, problem.way);
    const list = field?.querySelector(":scope > .problems") || one("file");
    list.append(problemItem(problem, { fix: fix && (() => fixed(0)) }));
    if (field && list !== one("file")) {
      field.classList.add("wrong");
      field.querySelector(":scope > [data-value]")?.setAttribute("aria-invalid", "true");
    }
  }
  current.mark(inText);
  sum(problems);
}

function sum(problems) {
  const counts = { error: 0, warning: 0, advice: 0 };
  for (const problem of problems) counts[problem.severity] += 1;
  const parts = [
    counts.error && `${counts.error} ${counts.error === 1 ? "thing stops" : "things stop"} publishing`,
    counts.warning && `${counts.warning} to look at again`,
    counts.advice && `${counts.advice} ${counts.advice === 1 ? "thought" : "thoughts"}`,
  ].filter(Boolean);
  one("sum-told").textContent = parts.length ? `${parts.join(", ")}. Each stands beside its place.` : "Nothing is wrong.";
  document.querySelector('[data-do="fix-all"]').hidden = !problems.some((problem) => problem.fixes);
  one("sum").dataset.errors = counts.error;
}

async function fixed(line) {
  const { data } = await ask(at("fix"), { ...state(), line });
  if (data.error) kept.textContent = data.error;
  // The front matter may have changed, too, and the form is made of it.
  else if (!line || !form) location.reload();
  else current.set(data.body);
}

async function save(more = {}) {
  await autosave();
  // What is typed while the answer comes is a change of what was sent.
  const sent = snapshot();
  const { status, data } = await ask(at("save"), { ...state(), ...more });
  if (status === 409) {
    conflict(data);
    return false;
  }
  kept.textContent = data.error || "Saved";
  if (data.error) return false;
  ({ base, version } = data);
  known = sent;
  one("unsaved").hidden = true;
  if (!form) location.reload();
  return true;
}

function conflict(data) {
  ({ seen } = data);
  fillRows(one("rows"), data.rows);
  open("conflict");
}

function fillRows(place, rows) {
  place.replaceChildren(...rows.map(([kind, before, after]) => {
    const row = document.createElement("tr");
    row.className = kind;
    for (const text of kind === "gap" ? ["…", "…"] : [before, after]) row.insertCell().textContent = text;
    return row;
  }));
}

/** Return what will happen, in words. */
function plan(dialog) {
  const { published } = fieldValues();
  const title = `“${one("title").textContent}”`;
  if (published > held.today) {
    const day = new Date(published).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    return `${title} is saved and made ready. Readers see it from ${day} on, once the site is published then.`;
  }
  return dialog.querySelector("[data-publishes]")
    ? `${title} is saved, and the site is published at once. Then everyone can see it.`
    : `${title} is saved. Everyone can see it as soon as the site is published.`;
}

async function open(name) {
  const dialog = document.querySelector(`[data-dialog="${name}"]`);
  if (name === "publish") {
    // The problems on the page may be those of an earlier version.
    await autosave();
    const errors = Number(one("sum").dataset.errors || 0);
    one("plan").textContent = errors ? "Something still stops it: mend what is marked first." : plan(dialog);
    dialog.querySelector('[type="submit"]').disabled = errors > 0;
    const { data } = await ask(at("compare"), state());
    one("change-words").textContent = data.words || data.error;
    one("changes").hidden = !data.rows?.length;
    if (data.rows) fillRows(one("before-after"), data.rows);
  }
  dialog.showModal();
}

for (const sent of document.querySelectorAll("form[data-done]")) {
  sent.addEventListener("submit", async (event) => {
    event.preventDefault();
    await autosave();
    const given = Object.fromEntries(new FormData(sent));
    const before = snapshot();
    const { status, data } = await ask(at(sent.dataset.done), { ...state(), ...given });
    if (status === 409) {
      sent.closest("dialog").close();
      conflict(data);
      return;
    }
    if (data.problems) showProblems(data.problems);
    tell(sent, data.error || data.message);
    if (data.error) return;
    ({ base, version } = data);
    known = before;
    const dialog = sent.closest("dialog");
    sent.querySelector('[type="submit"]').hidden = true;
    sent.querySelector("[data-close]").textContent = "Close";
    // The fields may hold something else now, such as the day of publication.
    dialog.addEventListener("close", () => location.reload());
    if (data.runs) {
      sent.querySelector("[data-publishing]").hidden = false;
      followPublication(sent);
    }
  });
}

const actions = {
  save: () => save(),
  "save-over": async () => {
    document.querySelector('[data-dialog="conflict"]').close();
    await save({ seen });
  },
  discard: async () => {
    clearTimeout(timer);
    await ask(at("discard"), {});
    isKept = true;
    location.reload();
  },
  "fix-all": () => fixed(0),
};

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  if (pressed.dataset.do) actions[pressed.dataset.do]();
  if (pressed.dataset.open) open(pressed.dataset.open);
  if (pressed.dataset.format) current.format(pressed.dataset.format);
  if ("close" in pressed.dataset) pressed.closest("dialog").close();
  if (pressed.dataset.width) {
    one("frame")?.classList.toggle("phone", pressed.dataset.width === "phone");
    for (const other of document.querySelectorAll("[data-width]")) other.setAttribute("aria-pressed", other === pressed);
  }
  if ("look" in pressed.dataset) {
    const is = document.querySelector("main").classList.toggle("looking");
    pressed.textContent = is ? "Back to the text" : "Look at it";
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});

addEventListener("beforeunload", (event) => {
  if (!isKept) event.preventDefault();
});

function words() {
  const counter = one("words");
  if (!counter) return;
  const count = (current.text().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || []).length;
  const minutes = Math.max(1, Math.round(count / 220));
  counter.textContent = [`${count} ${count === 1 ? "word" : "words"}`, `${minutes} min to read`, ease].filter(Boolean).join(", ");
}

/** Show in the preview what stands where the author writes. */
function follow(text) {
  const frame = one("preview").querySelector("iframe");
  const page = frame?.contentDocument;
  const start = bare(text).slice(0, 30);
  if (!page || start.length < 6) return;
  const found = [...page.querySelectorAll("main p, main li, main h2, main h3, main h4, main td")].find((one) => bare(one.textContent).startsWith(start));
  if (!found) return;
  const { contentWindow } = frame;
  const to = found.getBoundingClientRect().top + contentWindow.scrollY - contentWindow.innerHeight / 3;
  contentWindow.scrollTo({ top: to, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** Letters and digits alone: marks of Markdown, and quotation marks, differ between the two. */
const bare = (text) => text.replace(/\]\([^)]*\)/g, "").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

/** Show the page once there is one: a new entry has none until the site was built with it. */
async function showPage(frame) {
  for (let left = 60; left > 0; left -= 1) {
    const { status } = await fetch(frame.dataset.address);
    if (status !== 404) break;
    await new Promise((done) => { setTimeout(done, 500); });
  }
  frame.src = frame.dataset.address;
  one("making").hidden = true;
}

/** The width of a window with the desktop layout (pixels). */
const DESKTOP_WIDTH = 1280;
const viewport = one("frame");
if (viewport) {
  new ResizeObserver(() => viewport.style.setProperty("--scale", Math.min(1, viewport.clientWidth / DESKTOP_WIDTH))).observe(viewport);
  showPage(viewport.querySelector("iframe"));
}

const top = document.querySelector(".top");
const under = () => document.documentElement.style.setProperty("--under", `${top.offsetHeight}px`);
new ResizeObserver(under).observe(top);

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target !== place && !event.target.closest("[data-rich]")) changed();
    if (event.target.id === "f-title") one("title").textContent = event.target.value;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  animate(form, changed);
  pictures(form, at("picture"), held, { changed, insert: (text) => current.insert(text) });
  insertMenu(held, (text) => current.insert(text));
  const mode = one("mode");
  if (mode) upgrade(mode);
}
known = snapshot();
team(at("presence"), () => base, one("others"));
words();
autosave();

/** Put the rich editor in place of the plain field, once its libraries are there. */
async function upgrade(mode) {
  const { rich, source } = await import("./bundle.js");
  const host = one("rich");
  const given = {
    host,
    changed,
    moved: follow,
    path: held.path,
    nonce: document.querySelector('meta[name="write-nonce"]').content,
    label: "Text",
  };
  const use = (make) => {
    const text = current.text();
    host.replaceChildren();
    place.hidden = true;
    host.hidden = false;
    current = make({ ...given, text });
  };
  use(rich);
  mode.addEventListener("click", () => {
    const isSource = mode.getAttribute("aria-pressed") !== "true";
    mode.setAttribute("aria-pressed", isSource);
    use(isSource ? source : rich);
    autosave();
  });
}
