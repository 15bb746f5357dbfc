// The text as Markdown, with the same problems in its margin: CodeMirror.
import { defaultKeymap, history, historyKeymap, undo } from "@codemirror/commands";
import { HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { parser } from "@lezer/markdown";

// Without the parsers of HTML, CSS and JavaScript that the usual package brings.
const markdown = new Language(defineLanguageFacet({}), parser, [], "markdown");
const style = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "bold" },
  { tag: tags.strong, fontWeight: "bold" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--link)" },
  { tag: tags.processingInstruction, color: "var(--soft)" },
]);
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "1rem" },
  ".cm-content": { fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace', minHeight: "24rem", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--tint)", color: "var(--soft)", border: "none" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--link)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)" },
});

/** Return an editor within `host` that shows `text` as Markdown. */
export function source({ host, text, changed, moved, nonce, label }) {
  const place = document.createElement("div");
  place.className = "cm-host";
  host.append(place);
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        history(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        markdown,
        syntaxHighlighting(style),
        theme,
        lintGutter(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", lang: "en-GB" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed();
          else if (update.selectionSet) moved(update.state.doc.lineAt(update.state.selection.main.head).text);
        }),
      ],
    }),
  });
  const put = (from, to, insert) => view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true });
  const around = (mark) => {
    const { from, to } = view.state.selection.main;
    put(from, to, `${mark}${view.state.sliceDoc(from, to) || "words"}${mark}`);
  };
  const atLine = (mark) => {
    const { from } = view.state.doc.lineAt(view.state.selection.main.head);
    put(from, from, mark);
  };
  const span = ({ line, column, word }) => {
    const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
    return { from, to: Math.min(from + Math.max(word.length, 1), at.to) };
  };
  return {
    text: () => view.state.doc.toString(),
    set: (words) => put(0, view.state.doc.length, words),
    insert(words) {
      const { from, to } = view.state.selection.main;
      const link = /^\[[^\]]*\](\([^)]*\))$/.exec(words);
      if (link && from < to) words = `[${view.state.sliceDoc(from, to)}]${link[1]}`;
      const before = view.state.sliceDoc(Math.max(0, from - 2), from);
      const isBlock = words.includes("\n") || words.startsWith("![");
      const gap = !isBlock || from === 0 || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
      put(from, to, `${gap}${words}${isBlock ? "\n\n" : ""}`);
      view.focus();
    },
    format(what) {
      if (what === "bold") around("**");
      else if (what === "italic") around("*");
      else if (what === "heading") atLine("## ");
      else if (what === "list") atLine("- ");
      else undo(view);
      view.focus();
    },
    show(problem) {
      const { from, to } = span(problem);
      view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    replace(problem, words) {
      const { from, to } = span(problem);
      put(from, to, words);
      view.focus();
    },
    mark(problems) {
      const severity = { error: "error", warning: "warning", advice: "info" };
      const found = problems.filter(({ line }) => line).map((one) => ({ ...span(one), severity: severity[one.severity], message: `${one.message}. ${one.hint}.` }));
      view.dispatch(setDiagnostics(view.state, found));
    },
    focus: () => view.focus(),
  };
}
