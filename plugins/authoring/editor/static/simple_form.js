// Forms that ask for one thing, and the search of the start page.
import { ask, tell } from "./request.js";
import { follow } from "./publishing.js";

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const sent = {};
    for (const name of new Set(given.keys())) sent[name] = given.getAll(name).join(",");
    const button = form.querySelector('[type="submit"]');
    button.disabled = true;
    tell(form, form.dataset.slow || "");
    const { data } = await ask(form.dataset.send, sent);
    button.disabled = false;
    if (data.error) tell(form, data.error);
    else if (data.message) showAndGo(form, data);
    else location.assign(data.go || location.href);
  });
}

export function showAndGo(form, data) {
  const words = document.createElement("pre");
  words.className = "pre note";
  words.textContent = data.message;
  words.tabIndex = -1;
  const link = document.createElement("a");
  link.className = "button";
  link.href = data.go;
  link.textContent = "Go on";
  form.replaceWith(words, link);
  words.focus();
}

const publishing = document.querySelector("[data-publishing]");
if (publishing && !publishing.hasAttribute("data-none")) follow(publishing);

document.querySelector("[data-print]")?.addEventListener("click", () => print());

const search = document.querySelector("[data-search]");
if (search) {
  const found = search.querySelector("#found");
  search.addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", () => {
    const words = search.querySelector("input").value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const card of document.querySelectorAll("[data-card]")) {
      card.hidden = !words.every((word) => card.dataset.card.includes(word));
      count += card.hidden ? 0 : 1;
    }
    for (const part of document.querySelectorAll("[data-part]")) part.hidden = !part.querySelector("[data-card]:not([hidden])");
    found.textContent = words.length ? `${count} ${count === 1 ? "text" : "texts"}` : "";
  });
}
