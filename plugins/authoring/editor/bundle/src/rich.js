// The text as readers see it, to be written in: ProseMirror over the Markdown of this site.
import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Slice } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import { cleaned } from "./paste.js";
import { read, readsAs } from "./read.js";
import { schema } from "./schema.js";
import * as views from "./views.js";
import { write } from "./write.js";

const { nodes, marks } = schema;
const marked = new PluginKey("marked");

const markedPlugin = () => new Plugin({
  key: marked,
  state: {
    init: () => DecorationSet.empty,
    apply: (tr, set) => tr.getMeta(marked) || set.map(tr.mapping, tr.doc),
  },
  props: { decorations: (state) => marked.getState(state) },
});

const rules = () => inputRules({
  rules: [
    textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (found) => ({ level: found[1].length })),
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (found) => ({ start: Number(found[1]) })),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    new InputRule(/^---$/, (state, _, from, to) => state.tr.replaceRangeWith(from - 1, to, nodes.rule.create())),
  ],
});

const softBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.soft_break.create()).scrollIntoView());
  return true;
});

const heading = (state, dispatch, view) => {
  const isOne = state.selection.$from.parent.type === nodes.heading;
  return setBlockType(isOne ? nodes.paragraph : nodes.heading, isOne ? null : { level: 2 })(state, dispatch, view);
};

/** Distance (pixels) to keep from the edges when scrolling. Sticky bars cover the top. */
const SCROLL_MARGIN = { top: 170, right: 0, bottom: 40, left: 0 };

/** Return an editor within `host` that holds `text`. */
export function rich({ host, text, changed, moved, path, label }) {
  let { doc, originals } = read(text);
  const place = document.createElement("div");
  place.className = "rich";
  host.append(place);
  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");
  host.append(told);

  const state = () => EditorState.create({
    doc,
    plugins: [
      rules(),
      keymap({
        Enter: splitListItem(nodes.list_item), "Shift-Enter": softBreak, Tab: sinkListItem(nodes.list_item),
        "Shift-Tab": liftListItem(nodes.list_item), "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo,
        "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-[": lift,
      }),
      keymap(baseKeymap),
      history(),
      markedPlugin(),
    ],
  });
  const view = new EditorView(place, {
    state: state(),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, spellcheck: "true", lang: "en-GB" },
    nodeViews: { house: views.house, source: views.source, image: views.image(path) },
    transformPastedHTML: (html) => cleaned(html, (words) => { told.textContent = words; }),
    transformPasted: withoutKeys,
    scrollThreshold: SCROLL_MARGIN,
    scrollMargin: SCROLL_MARGIN,
    clipboardTextParser: (words) => new Slice(read(words.replace(/\r\n?/g, "\n")).doc.content, 1, 1),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) changed();
      else if (tr.selectionSet) moved(view.state.selection.$head.parent.textContent);
    },
  });

  const written = () => write(view.state.doc, originals, readsAs);
  const run = (command) => {
    command(view.state, view.dispatch, view);
    view.focus();
  };
  /** Return where the word of a problem stands: `{ from, to }`, or the block of its line. */
  const find = ({ line, word }) => {
    const starts = written().starts.filter((one) => one.line <= line);
    const start = starts.at(-1);
    if (!start) return null;
    const node = view.state.doc.nodeAt(start.offset);
    let found = null;
    node.descendants((child, at) => {
      const index = !found && child.isText && word ? child.text.indexOf(word) : -1;
      if (index >= 0) found = { from: start.offset + 1 + at + index, to: start.offset + 1 + at + index + word.length };
    });
    return found || { from: start.offset, to: start.offset + node.nodeSize, isBlock: true };
  };
  return {
    text: () => written().text,
    set(words) {
      ({ doc, originals } = read(words));
      const tr = view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content);
      view.dispatch(tr);
    },
    insert(words) {
      const made = read(words).doc;
      const isInline = made.childCount === 1 && made.firstChild.type === nodes.paragraph;
      const content = isInline ? made.firstChild.content : withoutKeys(new Slice(made.content, 0, 0)).content;
      const { tr } = view.state;
      const { from, to, empty } = view.state.selection;
      const link = isInline && content.childCount === 1 && content.firstChild.marks.find((mark) => mark.type === marks.link);
      if (link && !empty) tr.addMark(from, to, link);
      else if (isInline) tr.replaceSelection(new Slice(content, 0, 0));
      else {
        const { $to } = view.state.selection;
        tr.insert($to.depth ? $to.after(1) : $to.pos, content);
      }
      view.dispatch(tr.scrollIntoView());
      view.focus();
    },
    format(what) {
      const commands = { bold: toggleMark(marks.strong), italic: toggleMark(marks.em), heading, list: wrapInList(nodes.bullet_list), undo };
      run(commands[what]);
    },
    show(problem) {
      const found = find(problem);
      if (!found) return;
      const { doc: now } = view.state;
      const selection = found.isBlock ? TextSelection.near(now.resolve(found.from + 1)) : TextSelection.create(now, found.from, found.to);
      view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
      view.focus();
    },
    replace(problem, words) {
      const found = find(problem);
      if (found && !found.isBlock) view.dispatch(view.state.tr.insertText(words, found.from, found.to));
      view.focus();
    },
    mark(problems) {
      const made = problems.map((problem) => ({ ...problem, ...find(problem) })).filter(({ from }) => from !== undefined).map((one) => {
        const attributes = { class: one.severity === "advice" ? "slip-advice" : "slip", title: one.message };
        return one.isBlock ? Decoration.node(one.from, one.to, attributes) : Decoration.inline(one.from, one.to, attributes);
      });
      view.dispatch(view.state.tr.setMeta(marked, DecorationSet.create(view.state.doc, made)));
    },
    focus: () => view.focus(),
  };
}

/** What is pasted or inserted was read from no block of this text. */
function withoutKeys(slice) {
  const clear = (fragment) => {
    const made = [];
    fragment.forEach((node) => made.push(node.attrs.key == null ? node : node.type.create({ ...node.attrs, key: null }, node.content, node.marks)));
    return fragment.constructor.from(made);
  };
  return new Slice(clear(slice.content), slice.openStart, slice.openEnd);
}

