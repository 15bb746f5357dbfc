// The text in a plain field: works without the libraries.

/** Return an editor of the textarea `place`; `changed` is called after each change. */
export function plain(place, text, changed) {
  place.value = text;
  place.addEventListener("input", changed);

  const replace = (from, to, words, select = false) => {
    place.focus();
    place.setSelectionRange(from, to);
    // So that the browser's own undo knows of it.
    if (!document.execCommand("insertText", false, words)) place.setRangeText(words, from, to, "end");
    if (select) place.setSelectionRange(from, from + words.length);
    changed();
  };
  const startOf = (line) => place.value.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const around = (mark) => {
    const { selectionStart: from, selectionEnd: to } = place;
    replace(from, to, `${mark}${place.value.slice(from, to) || "words"}${mark}`);
  };
  const atLine = (mark) => {
    const from = place.value.lastIndexOf("\n", place.selectionStart - 1) + 1;
    replace(from, from, mark);
  };
  return {
    text: () => place.value,
    set: (words) => {
      if (words !== place.value) replace(0, place.value.length, words);
    },
    insert: (words) => {
      const link = /^\[[^\]]*\](\([^)]*\))$/.exec(words);
      const chosen = place.value.slice(place.selectionStart, place.selectionEnd);
      if (link && chosen) words = `[${chosen}]${link[1]}`;
      const before = place.value.slice(0, place.selectionStart);
      const isBlock = words.includes("\n") || words.startsWith("![");
      const gap = !isBlock || !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
      replace(place.selectionStart, place.selectionEnd, `${gap}${words}${isBlock ? "\n\n" : ""}`);
    },
    format: (what) => {
      if (what === "bold") around("**");
      else if (what === "italic") around("*");
      else if (what === "heading") atLine("## ");
      else if (what === "list") atLine("- ");
      else if (what === "undo") {
        place.focus();
        document.execCommand("undo");
        changed();
      }
    },
    show: ({ line, column, word }) => {
      const from = startOf(line) + column - 1;
      place.focus();
      place.setSelectionRange(from, from + Math.max(word.length, 1));
      place.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(place).lineHeight));
    },
    replace: ({ line, column, word }, words) => {
      const from = startOf(line) + column - 1;
      replace(from, from + word.length, words);
    },
    mark: () => {},
    focus: () => place.focus(),
  };
}
