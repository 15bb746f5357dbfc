// The form of the start page that takes a document.
import { ask, tell } from "./request.js";
import { showAndGo } from "./simple_form.js";

const form = document.querySelector("form[data-bring]");
const input = form.querySelector('[type="file"]');

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = input.files[0];
  if (!file) return tell(form, "Choose a file first.");
  const button = form.querySelector('[type="submit"]');
  button.disabled = true;
  tell(form, "The document is read. This may take a moment.");
  const wish = new URLSearchParams({ name: file.name, author: form.elements.author.value });
  const { data } = await ask(`${form.dataset.bring}?${wish}`, new Blob([file]));
  button.disabled = false;
  if (data.error) tell(form, data.error);
  else if (data.message) showAndGo(form, data);
  else location.assign(data.go);
});

// A file that misses the field must not replace the page.
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  if (event.target === input) return;
  event.preventDefault();
  if (event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    input.focus();
  }
});
