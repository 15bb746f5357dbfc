// Make clean what is pasted from Word, Google Docs, web pages and e-mail, and say what was dropped.

const GONE = "script, style, meta, link, title, iframe, object, embed, form, input, button, select, textarea, svg, video, audio";

/** Return clean HTML of `html`; `told` is given what was dropped, in words. */
export function cleaned(html, told) {
  // The policy of the page forbids styles in attributes; here they only say what is meant.
  const plain = html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const page = new DOMParser().parseFromString(plain, "text/html");
  const dropped = new Set();
  for (const one of page.querySelectorAll(GONE)) one.remove();
  removeComments(page.body);
  for (const one of page.querySelectorAll("img")) {
    dropped.add("pictures: save each, and drop it here");
    one.remove();
  }
  for (const one of page.querySelectorAll("table")) {
    dropped.add("the layout of tables: their words are kept, one line a row");
    flat(one);
  }
  notes(page, dropped);
  wordLists(page);
  wordHeadings(page);
  for (const one of page.querySelectorAll("a[href]")) link(one, dropped);
  weights(page);
  for (const one of page.querySelectorAll("u, font, [color]")) if (one.tagName !== "A") one.replaceWith(...one.childNodes);
  if (dropped.size) told(`Left out: ${[...dropped].join("; ")}.`);
  return page.body.innerHTML;
}

function removeComments(place) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const one of found) one.remove();
}

/** Google Docs and Word say in styles what is bold and italic; what Docs copies lies in a <b> that is not. */
function weights(page) {
  for (const one of [...page.querySelectorAll("[data-style]")]) {
    const style = one.dataset.style;
    if (one.tagName === "B" && /font-weight:\s*(normal|400)/i.test(style)) {
      one.replaceWith(...one.childNodes);
      continue;
    }
    const isWord = one.tagName === "SPAN" && one.textContent.trim();
    for (const [pattern, name] of [[/font-weight:\s*(bold|[6-9]\d\d)/i, "strong"], [/font-style:\s*italic/i, "em"]]) {
      if (!isWord || !pattern.test(style)) continue;
      const mark = page.createElement(name);
      mark.append(...one.childNodes);
      one.append(mark);
    }
    one.removeAttribute("data-style");
  }
}

/** Word writes a list as paragraphs, with the mark in a span that screens are told to ignore. */
function wordLists(page) {
  let open = [];
  for (const item of [...page.querySelectorAll("p, li, h1, h2, h3, h4")]) {
    const found = /mso-list:\s*l(\d+)\s+level(\d+)/i.exec(item.getAttribute("data-style") || "");
    if (!found || item.tagName === "LI") {
      open = [];
      continue;
    }
    const level = Number(found[2]);
    const mark = [...item.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute("data-style") || ""));
    const isNumber = /^\W*(\d+|[a-z]|[ivx]+)[.)]/i.test(mark?.textContent.trim() || "");
    mark?.remove();
    if (open.length && item.previousElementSibling !== open[0].list) open = [];
    while (open.length && open.at(-1).level > level) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = page.createElement(isNumber ? "ol" : "ul");
      const holder = open.at(-1)?.list.lastElementChild;
      if (holder) holder.append(list);
      else item.before(list);
      open.push({ level, list });
    }
    const made = page.createElement("li");
    const words = page.createElement("p");
    words.append(...item.childNodes);
    made.append(words);
    open.at(-1).list.append(made);
    item.remove();
  }
}

/** Word's own headings are paragraphs of a class in some versions. */
function wordHeadings(page) {
  for (const one of page.querySelectorAll("p[class*=MsoHeading], p[class*=MsoTitle]")) {
    const heading = page.createElement("h2");
    heading.append(...one.childNodes);
    one.replaceWith(heading);
  }
  for (const one of page.querySelectorAll("o\\:p")) one.replaceWith(...one.childNodes);
}

/** Notes at the foot: their marks lead nowhere here. */
function notes(page, dropped) {
  for (const one of page.querySelectorAll('[data-style*="mso-footnote-id"], [data-style*="mso-element:footnote"], a[href^="#_ftn"], a[href^="#ftnt"], a[name^="_ftn"]')) {
    dropped.add("the marks of notes at the foot");
    (one.closest("sup") || one).remove();
  }
}

function link(one, dropped) {
  let href = one.getAttribute("href") || "";
  const redirect = /^https:\/\/(?:www\.)?google\.[a-z.]+\/url\?(.*)$/.exec(href);
  if (redirect) href = new URLSearchParams(redirect[1]).get("q") || new URLSearchParams(redirect[1]).get("url") || href;
  if (!/^(https?:|mailto:|tel:|\/|\{filename\})/i.test(href) || /^file:/i.test(href)) {
    if (/^(file|javascript|data):/i.test(href)) dropped.add("links to files of another computer");
    one.replaceWith(...one.childNodes);
  } else one.setAttribute("href", href);
}

function flat(table) {
  const page = table.ownerDocument;
  const rows = [...table.querySelectorAll("tr")].map((row) => {
    const words = page.createElement("p");
    words.textContent = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(" – ");
    return words;
  });
  table.replaceWith(...rows);
}
