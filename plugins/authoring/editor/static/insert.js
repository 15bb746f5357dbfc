// Insert a link, a block or a picture, found by its name.

const BLOCKS = [
  ["Quotation", "/// quote | Who said it\nTheir words.\n///"],
  ["Questions to reflect on", "/// reflection\n- A question\n///"],
  ["Call to action", "/// call-to-action | A short heading\nWhat to do.\n///"],
  ["Content note", "/// content-note\nWhat a reader may find hard.\n///"],
  ["Table", "| Heading | Heading |\n| --- | --- |\n| Words | Words |"],
];

/** So many are listed at once. */
const MOST = 40;

/** Make the button *Insert* work: `insert` is given the Markdown that was chosen. */
export function insertMenu(held, insert) {
  const dialog = document.querySelector('[data-dialog="insert"]');
  const search = dialog.querySelector("input");
  const list = dialog.querySelector("[data-found]");
  const more = dialog.querySelector("[data-more]");
  const offers = () => [
    ...BLOCKS.map(([name, text]) => ({ name, kind: "Block", text })),
    ...held.contacts.map(({ id, name }) => ({ name, kind: "Help contact in the sentence", text: `[${name}](help:${id})` })),
    ...held.contacts.map(({ id, name }) => ({ name, kind: "Help contact as a card", text: `/// help | ${id}\n///` })),
    ...held.commitments.map(({ id, name }) => ({ name, kind: "Commitment", text: `/// commitments | ${id}\n///` })),
    ...held.pictures.map((name) => ({ name, kind: "Picture", text: `![What the picture shows](${name})` })),
    ...held.links.filter(({ href }) => href !== `/${held.path}`).map(({ title, href, kind }) => ({
      name: title, kind: `Link to ${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`, text: `[${title}]({filename}${href})`,
    })),
  ];
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = offers().filter(({ name, kind }) => words.every((word) => `${name} ${kind}`.toLowerCase().includes(word)));
    const address = search.value.trim();
    if (/^https?:\/\/\S+$/.test(address)) found.unshift({ name: address, kind: "Web address", text: `[${address}](${address})` });
    more.textContent = found.length > MOST ? `${found.length - MOST} more: type a word of what you look for.` : found.length ? "" : "Nothing is called so.";
    list.replaceChildren(...found.slice(0, MOST).map(({ name, kind, text }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "small";
      button.textContent = `${kind}: ${name}`;
      button.addEventListener("click", () => {
        dialog.close();
        insert(text);
      });
      item.append(button);
      return item;
    }));
  };
  search.addEventListener("input", show);
  document.querySelector("[data-insert]").addEventListener("click", () => {
    search.value = "";
    show();
    dialog.showModal();
  });
}
