// Pictures that are dropped, pasted or chosen: sent to the server, which cleans them, and shown.
import { ask } from "./request.js";

/** Let pictures be dropped into the field for the top picture and into the text of `form`. */
export function pictures(form, address, held, { changed, insert }) {
  const send = async (file) => {
    const { data } = await ask(`${address}?name=${encodeURIComponent(file.name || "picture")}`, file);
    return data;
  };
  const shownAt = (name) => `/write/picture/${held.path.split("/").map(encodeURIComponent).join("/")}?name=${encodeURIComponent(name)}`;

  const known = (name) => {
    for (const select of form.querySelectorAll("[data-pictures]")) {
      if (![...select.options].some((option) => option.value === name)) select.add(new Option(name, name));
    }
    if (!held.pictures.includes(name)) held.pictures.push(name);
  };

  for (const select of form.querySelectorAll("[data-pictures]")) {
    const field = select.closest("[data-field]");
    const image = field.querySelector("[data-shown]");
    const told = field.querySelector("[data-told]");
    const show = () => {
      image.hidden = field.querySelector("[data-crops]").hidden = !select.value;
      for (const one of [image, ...field.querySelectorAll("[data-crop]")]) {
        if (select.value) one.src = shownAt(select.value);
        else one.removeAttribute("src");
      }
    };
    select.addEventListener("change", () => { show(); changed(); });
    show();
    const take = async (file) => {
      told.textContent = "Putting it in place …";
      const answer = await send(file);
      told.textContent = answer.error || `${answer.message} Now say what it shows, in the field below.`;
      if (answer.error) return;
      known(answer.name);
      select.value = answer.name;
      show();
      changed();
      field.parentElement.querySelector('[data-field="alt"] [data-value]')?.focus();
    };
    field.querySelector("[data-choose]").addEventListener("change", (event) => {
      if (event.target.files[0]) take(event.target.files[0]);
      event.target.value = "";
    });
    droppable(field.querySelector("[data-drop]"), take);
  }

  const host = form.querySelector('[data-drop="text"]');
  const told = form.querySelector("[data-picture-told]");
  const take = async (file) => {
    told.textContent = "Putting the picture in place …";
    const answer = await send(file);
    told.textContent = answer.error || answer.message;
    if (answer.error) return;
    known(answer.name);
    const alt = await asked(shownAt(answer.name));
    if (alt !== null) insert(`![${alt.replace(/[[\]\n]/g, " ").trim()}](${answer.name})`);
  };
  droppable(host, take);
  form.querySelector("[data-choose-picture]").addEventListener("change", (event) => {
    if (event.target.files[0]) take(event.target.files[0]);
    event.target.value = "";
  });
  host.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files || [])].find((one) => one.type.startsWith("image/"));
    if (!file || event.clipboardData.types.includes("text/html")) return;
    event.preventDefault();
    take(file);
  }, true);
}

/** Ask what the picture at `address` shows; returns the words, "" for a decoration, null where nobody answers. */
function asked(address) {
  const dialog = document.querySelector('[data-dialog="alt"]');
  const form = dialog.querySelector("form");
  form.reset();
  dialog.querySelector("img").src = address;
  const needed = () => { form.elements.alt.required = !form.elements.decorative.checked; };
  needed();
  form.elements.decorative.onchange = needed;
  dialog.showModal();
  return new Promise((done) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      dialog.onclose = null;
      dialog.close();
      done(form.elements.decorative.checked ? "" : form.elements.alt.value);
    };
    dialog.onclose = () => done(null);
  });
}

function droppable(place, take) {
  const isFile = (event) => event.dataTransfer?.types.includes("Files");
  place.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    place.classList.add("dropping");
  }, true);
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("dropping"), true);
  place.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const file = event.dataTransfer.files[0];
    if (file) take(file);
  }, true);
}
