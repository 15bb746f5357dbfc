// The fields of a form: what they hold, items that come and go, and problems beside them.

/** Return what the fields directly below `place` hold. */
export function collect(place) {
  const values = {};
  for (const field of place.children) if (field.dataset.field) values[field.dataset.field] = valueOf(field);
  return values;
}

function valueOf(field) {
  const shape = field.dataset.shape;
  if (shape === "group") return collect(field.querySelector(":scope > [data-fields]"));
  if (shape === "several") return chosen(field);
  if (shape === "groups" || shape === "items") {
    return items(field).map((item) => {
      const inside = item.querySelector(":scope > [data-fields]");
      return inside ? collect(inside) : item.querySelector(":scope > [data-value]").value.trim();
    }).filter((value) => typeof value !== "string" || value);
  }
  const control = field.querySelector("[data-value]");
  if (shape === "flag") return control.checked ? "true" : control.dataset.was === "true" ? "false" : control.dataset.was;
  return control.value.trim();
}

function chosen(field) {
  const ticked = [...field.querySelectorAll("input:checked")].map((box) => box.value);
  const before = JSON.parse(field.querySelector("[data-order]").dataset.order).filter((one) => ticked.includes(one));
  return [...before, ...ticked.filter((one) => !before.includes(one))];
}

const items = (field) => [...field.querySelector(":scope > [data-items]").children];

/** Make buttons of lists work below `form`; `changed` is called after each change. */
export function animate(form, changed) {
  let made = 0;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove], [data-up]");
    if (!button) return;
    if ("add" in button.dataset) add(button, ++made);
    else {
      const item = button.closest("[data-item]");
      const field = item.closest("[data-field]");
      if ("up" in button.dataset) {
        item.previousElementSibling?.before(item);
        button.focus();
      } else {
        item.remove();
        field.querySelector("[data-add]").focus();
      }
    }
    changed();
  });
  form.addEventListener("input", (event) => count(event.target));
  for (const control of form.querySelectorAll("[data-longest]")) count(control);
}

function add(button, number) {
  const field = button.closest("[data-field]");
  const copy = field.querySelector(":scope > template").content.cloneNode(true);
  for (const named of copy.querySelectorAll("[id]")) named.id += `-${number}`;
  for (const label of copy.querySelectorAll("[for]")) label.htmlFor += `-${number}`;
  for (const told of copy.querySelectorAll("[aria-describedby]")) told.setAttribute("aria-describedby", `${told.getAttribute("aria-describedby")}-${number}`);
  const item = copy.querySelector("[data-item]");
  field.querySelector(":scope > [data-items]").append(item);
  const control = item.querySelector("[data-value]");
  if (button.dataset.add) control.value = button.dataset.add;
  control.focus();
}

function count(control) {
  const longest = Number(control.dataset?.longest);
  if (!longest) return;
  const place = control.closest("[data-field]").querySelector("[data-counter]");
  const left = longest - [...control.value.trim()].length;
  place.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
  place.classList.toggle("over", left < 0);
}

/** Return the field that `way` leads to, or the nearest that holds it; null where there is none. */
export function fieldAt(form, way) {
  let place = form;
  let found = null;
  for (const step of way) {
    const next = typeof step === "number"
      ? place.querySelector("[data-items]")?.children[step]
      : [...place.querySelectorAll("[data-field]")].find((field) => field.dataset.field === step);
    if (!next) break;
    place = found = next;
  }
  return found;
}

/** Return an item of a list of problems. `fix`, `show` and `replace`, where given, are done at the press of a button. */
export function problemItem(problem, { fix, show, replace } = {}) {
  const item = document.createElement("li");
  item.className = problem.severity;
  const kind = { error: "Stops publishing", warning: "Look again", advice: "A thought" }[problem.severity];
  const strong = document.createElement("b");
  strong.textContent = `${kind}: `;
  const where = problem.line && problem.word && !problem.message.includes(problem.word) ? ` (at “${problem.word}”)` : "";
  item.append(strong, ...worded(`${sentence(problem.message)}${where}. ${sentence(problem.hint)}.`));
  if (fix || show || replace) item.append(document.createElement("br"));
  if (show) item.append(button("Show it", show));
  if (fix) item.append(button("Mend it", fix));
  else if (replace) item.append(button(`Write “${problem.replacement}”`, replace));
  return item;
}

const sentence = (text) => (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\.$/, "");

/** Return `text` in parts, with what stands between backticks as something to be typed. */
function worded(text) {
  return text.split("`").map((part, place) => {
    if (place % 2 === 0) return part;
    const typed = document.createElement("code");
    typed.textContent = part;
    return typed;
  });
}

/** Return a small button. */
export function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
