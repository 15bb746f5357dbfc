// Search: loads the index when the field is first used, and shows what fits as it is typed. Nothing typed is sent or kept.
const box = document.querySelector(".search-box");
const field = box.querySelector("input");
const status = box.querySelector(".search-box__status");
const results = box.querySelector(".search-box__results");
const all = box.querySelector(".search-box__all");
const model = box.querySelector("template").content.firstElementChild;

const TITLE = 3;
const TOPIC = 2;
const TEXT = 1;
const SHOWN = 20;

// For each word, the pages that hold it and how much it counts there.
const known = new Map();
const parts = new Map();
let loading;
let site;
let turn = 0;

// As plugins/search/words.py does.
function split(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/['’]/g, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function learn(word, page, weight) {
  const pages = known.get(word) ?? known.set(word, new Map()).get(word);
  if ((pages.get(page) ?? 0) < weight) pages.set(page, weight);
}

function learnWords(words) {
  for (const [word, steps] of Object.entries(words)) {
    let page = 0;
    for (const step of steps) learn(word, (page += step), TEXT);
  }
}

async function load() {
  site = (await import(box.dataset.index)).default;
  site.pages.forEach(([title, , , topics], page) => {
    for (const word of split(title)) learn(word, page, TITLE);
    for (const topic of topics) for (const word of split(site.topics[topic])) learn(word, page, TOPIC);
  });
  learnWords(site.words);
}

function loadPart(letter) {
  if (!parts.has(letter) && site.parts[letter]) parts.set(letter, import(site.parts[letter]).then((part) => learnWords(part.default)));
  return parts.get(letter);
}

// One letter wrong, missing, too many, or two changed about.
function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = (word, from) => word.slice(start + from);
  return rest(one, 1) === rest(other, 1) || rest(one, 0) === rest(other, 1) || rest(one, 1) === rest(other, 0) ||
    (one[start] === other[start + 1] && one[start + 1] === other[start] && rest(one, 2) === rest(other, 2));
}

function pagesOf(fits, exact) {
  const found = new Map();
  for (const [word, pages] of known) {
    if (!fits(word)) continue;
    for (const [page, weight] of pages) found.set(page, Math.max(found.get(page) ?? 0, word === exact ? 2 * weight : weight));
  }
  return found;
}

function rank(words) {
  const scores = new Map();
  for (const word of words) {
    let found = pagesOf((other) => other.startsWith(word), word);
    if (!found.size && word.length > 3) found = pagesOf((other) => isNear(word, other));
    // A word that few pages hold says more than one that many do.
    const rarity = Math.log(1 + site.pages.length / found.size) ** 2;
    for (const [page, weight] of found) scores.set(page, (scores.get(page) ?? 0) + weight * rarity);
  }
  const best = Math.max(...scores.values());
  const good = [...scores].filter(([, score]) => score > best / 4);
  return good.sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([page]) => page);
}

function show(pages) {
  results.replaceChildren(...pages.slice(0, SHOWN).map((page) => {
    const [title, href, kind, topics, summary] = site.pages[page];
    const item = model.cloneNode(true);
    const [link, about, text] = item.children;
    link.textContent = title;
    link.href = href;
    about.textContent = [site.kinds[kind], ...topics.map((topic) => site.topics[topic])].join(" · ");
    if (summary) text.textContent = summary;
    else text.remove();
    return item;
  }));
  results.hidden = !pages.length;
  all.hidden = pages.length > 0;
}

async function search() {
  turn += 1;
  const mine = turn;
  const words = split(field.value);
  try {
    await (loading ??= load());
    await Promise.all(words.map((word) => loadPart(word[0])));
  } catch {
    loading = undefined;
    status.textContent = "The search could not be loaded. Every page is listed below.";
    return;
  }
  // What was typed since then has a search of its own.
  if (mine !== turn) return;
  const pages = words.length ? rank(words) : [];
  show(pages);
  const count = pages.length === 1 ? "1 page" : `${pages.length} pages`;
  const most = pages.length > SHOWN ? ` The first ${SHOWN} are shown.` : "";
  if (!words.length) status.textContent = "";
  else status.textContent = pages.length ? `${count} found.${most}` : "Nothing found. Please try another word, or look below.";
}

field.addEventListener("focus", () => (loading ??= load().catch(() => (loading = undefined))));
field.addEventListener("input", search);
field.value = new URLSearchParams(location.search).get("q") ?? field.value;
if (field.value) search();
