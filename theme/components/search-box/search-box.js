// Search: loads the index when the field is first used, and shows what fits as it is typed. Nothing typed is sent, kept
// or put into the address. Words of a crisis show a card above all results.
const box = document.querySelector(".search-box");
const field = box.querySelector("input");
const status = box.querySelector(".search-box__status");
const results = box.querySelector(".search-box__results");
const always = box.querySelector(".search-box__always");
const topics = box.querySelector(".search-box__topics");
const all = box.querySelector(".search-box__all");
const place = box.querySelector(".search-box__card");
const [model, card, rows] = [...box.querySelectorAll("template")].map((template) => template.content);

const TITLE = 6;
const TOPIC = 1.5;
const WHOLE = 0.25;
const NEAR = 0.7;
const BEGUN = 0.6;
const ALSO = 0.35;
const EVERYDAY = 0.5;
const SHOWN = 20;
// Words that may stand between two words of a crisis phrase.
const BETWEEN = 2;

// For each stem, the pages that hold it and how much it counts there.
const known = new Map();
const parts = new Map();
// The telling words of each title.
const titles = [];
// For each synonym, by its stems, the groups that have it.
const synonyms = new Map();
let common;
let longest = 1;
let loading;
let site;
let cards;
let turn = 0;

// As plugins/search/tokenizer.py does.
function split(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").replace(/['’]/g, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function stem(word) {
  const isLong = word.length > 3;
  for (let round = 0; isLong && round < site.rounds; round += 1) {
    const found = site.endings.find(([ending, instead, least]) => {
      const rest = word.slice(0, -ending.length);
      return word.endsWith(ending) && (ending === instead || (rest.length >= least && /[aeiouy]/.test(rest)));
    });
    if (!found || found[0] === found[1]) break;
    word = word.slice(0, -found[0].length) + found[1];
  }
  if (isLong) word = word.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
  if (word.length > 2) word = word.replace(/e$/, "");
  return word.replace(/y$/, "i");
}

function learn(word, page, weight) {
  const pages = known.get(word) ?? known.set(word, new Map()).get(word);
  if ((pages.get(page) ?? 0) < weight) pages.set(page, weight);
}

// As plugins/search/packing.py packs them.
function learnWords(text) {
  const pieces = text.split(" ");
  let word = "";
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    word = word.slice(0, parseInt(pieces[at][0], 36)) + pieces[at].slice(1);
    let page = -1;
    let number = 0;
    let scale = 1;
    for (const sign of pieces[at + 1]) {
      let digit = sign.charCodeAt(0) - 35;
      if (digit > 56) digit -= 1;
      number += (digit % 45) * scale;
      scale *= 45;
      if (digit >= 45) continue;
      page += 1 + (number >> 2);
      learn(word, page, site.levels[number & 3]);
      number = 0;
      scale = 1;
    }
  }
}

async function load() {
  site = (await import(box.dataset.index)).default;
  common = new Set(site.common.split(" "));
  site.pages.forEach(([title, , , names], page) => {
    const telling = new Set(split(title).filter((word) => !common.has(word)).map(stem));
    titles.push(telling);
    for (const word of split(title).map(stem)) learn(word, page, TITLE * (0.7 + 0.3 / Math.sqrt(telling.size || 1)));
    for (const name of names) for (const word of split(site.topics[name])) learn(stem(word), page, TOPIC);
  });
  for (const group of site.synonyms) {
    for (const say of group[0].split("|")) {
      longest = Math.max(longest, say.split(" ").length);
      synonyms.set(say, [...(synonyms.get(say) ?? []), group]);
    }
  }
  const phrases = (list) => list.map((phrase) => phrase.split(" ").map((words) => words.split("|")));
  cards = site.cards.map(([says, contacts, such, unless]) => ({ says, contacts, such: phrases(such), unless: phrases(unless) }));
  learnWords(site.words);
}

// The parts that hold the words looked for, as far as there is room for them.
function loadParts(stems) {
  let room = site.room;
  const wanted = [];
  for (const word of stems) {
    const part = site.parts.filter(([first]) => first <= word.slice(0, 2)).pop();
    if (!part || word.length < 2 || (!parts.has(part[1]) && (room -= part[2]) < 0)) continue;
    if (!parts.has(part[1])) parts.set(part[1], import(part[1]).then((words) => learnWords(words.default)));
    wanted.push(parts.get(part[1]));
  }
  return Promise.all(wanted);
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

// One slip of the keyboard, but not in the first letter: "sitting" is no "fitting".
function isSame(typed, words, least) {
  return words.some((word) => {
    if (word === typed) return true;
    if (word[0] !== typed[0] || !isNear(typed, word)) return false;
    const isSwap = word.length === typed.length && [...word].sort().join() === [...typed].sort().join();
    return word.length > least || (word.length > 3 && isSwap);
  });
}

// The places of the words of a phrase, in its order, with few others between them; none where it is not there.
function find(phrase, typed, taken) {
  // A word that stands alone is compared more strictly: "rapid" is no "raped".
  const least = phrase.length > 1 ? 4 : 6;
  for (let start = 0; start < typed.length; start += 1) {
    const places = [];
    for (const words of phrase) {
      const from = places.length ? places[places.length - 1] + 1 : start;
      const to = places.length ? from + BETWEEN : start;
      let at = from;
      while (at <= to && (at >= typed.length || taken.has(at) || !isSame(typed[at], words, least))) at += 1;
      if (at > to) break;
      places.push(at);
    }
    if (places.length === phrase.length) return places;
  }
  return [];
}

// The first card with a phrase in what is typed, besides what only looks like one.
function crisis(text) {
  for (const typed of [split(text), split(text.replace(/['’]/g, " "))]) {
    for (const one of cards) {
      const taken = new Set(one.unless.flatMap((phrase) => find(phrase, typed, new Set())));
      if (one.such.some((phrase) => find(phrase, typed, taken).length)) return one;
    }
  }
  return undefined;
}

function vocabulary() {
  return [...new Set([...known.keys(), ...synonyms.keys()])];
}

// What may be meant by a word that no page and no synonym has.
function mended(word, stemmed) {
  if (word.length < 5) return [stemmed];
  const near = vocabulary().filter((other) => other.length > 2 && (isNear(stemmed, other) || isNear(word, other)));
  const alike = near.filter((other) => other[0] === word[0]);
  const size = (other) => known.get(other)?.size ?? 1;
  return (alike.length ? alike : near).sort((a, b) => size(b) - size(a)).slice(0, 3);
}

// For each thing looked for, the ways to say it: stems that stand for it together, and how much it counts.
function meanings(typed) {
  const stems = typed.map(stem);
  const telling = typed.some((word) => !common.has(word));
  const found = [];
  for (let at = 0, length; at < typed.length; at += length) {
    for (length = Math.min(longest, typed.length - at); length > 1; length -= 1) if (synonyms.has(stems.slice(at, at + length).join(" "))) break;
    const own = stems.slice(at, at + length);
    const groups = synonyms.get(own.join(" ")) ?? [];
    if (length === 1 && telling && common.has(typed[at]) && !groups.length) continue;
    const ways = [{ stems: own.filter((word, of) => length === 1 || !common.has(typed[at + of])), counts: 1, own: true }];
    const others = (from) => from.flatMap((group) => [
      ...group[1].split("|").map((say) => ({ stems: say.split(" "), counts: group[3] ? EVERYDAY : 1 })),
      ...(group[2] ? group[2].split("|") : []).map((say) => ({ stems: say.split(" "), counts: ALSO })),
    ]);
    ways.push(...others(groups));
    if (length === 1 && !groups.length) {
      const last = at === typed.length - 1;
      const begun = last ? vocabulary().filter((word) => word !== own[0] && (word.startsWith(typed[at]) || word.startsWith(own[0]))) : [];
      const meant = known.has(own[0]) || begun.length ? [] : mended(typed[at], own[0]);
      for (const [list, counts] of [[begun, BEGUN], [meant, NEAR]]) {
        for (const word of list) {
          ways.push({ stems: [word], counts });
          if (typed[at].length > 3) ways.push(...others(synonyms.get(word) ?? []).map((way) => ({ ...way, counts: way.counts * counts })));
        }
      }
    }
    found.push(ways);
  }
  return found;
}

function rank(groups) {
  const scores = new Map();
  const typed = new Set(groups.flatMap((ways) => ways.filter((way) => way.own).flatMap((way) => way.stems)));
  // A title whose every word is typed is most likely meant.
  const whole = (page) => [...titles[page]].filter((word) => typed.has(word)).length / (titles[page].size || 1);
  for (const ways of groups) {
    const best = new Map();
    const seen = new Set();
    for (const { stems, counts } of ways) {
      if (seen.has(stems.join(" "))) continue;
      seen.add(stems.join(" "));
      const here = new Map();
      for (const word of stems) {
        const pages = known.get(word) ?? new Map();
        // A word that few pages hold says more than one that many do.
        const rarity = Math.log(1 + site.pages.length / pages.size);
        for (const [page, weight] of pages) here.set(page, (here.get(page) ?? 0) + (weight * rarity * counts) / Math.sqrt(stems.length));
      }
      for (const [page, score] of here) {
        const [most, rest] = best.get(page) ?? [0, 0];
        best.set(page, [Math.max(most, score), rest + Math.min(most, score)]);
      }
    }
    for (const [page, [most, rest]] of best) {
      const [sum, count] = scores.get(page) ?? [0, 0];
      scores.set(page, [sum + most + rest / 3, count + 1]);
    }
  }
  const points = [...scores].map(([page, [sum, count]]) => [page, sum * Math.sqrt(count / groups.length) * (1 + whole(page) * WHOLE)]);
  const top = Math.max(...points.map(([, score]) => score));
  const good = points.filter(([, score]) => score > top / 5).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return good.map(([page]) => page);
}

// Whether something is looked for by its very name, and no page names it.
function isUnnamed(groups) {
  return groups.some(([own, ...ways]) => own.stems.some((word) => !known.has(word)) && ways.some((way) => way.stems.join() === own.stems.join()));
}

function row(id) {
  return rows.querySelector(`[data-contact="${id}"]`)?.cloneNode(true);
}

function showCard(one) {
  always.hidden = Boolean(one);
  if (!one) return place.replaceChildren();
  const made = card.cloneNode(true);
  made.querySelector(".help-card__says").textContent = one.says;
  made.querySelector("ul").replaceChildren(...one.contacts.map(row).filter(Boolean));
  return place.replaceChildren(made);
}

function item(page) {
  const [title, href, kind, names, summary] = site.pages[page];
  const made = model.firstElementChild.cloneNode(true);
  const [link, about, text] = made.children;
  link.textContent = title;
  link.href = href;
  about.textContent = [site.kinds[kind], ...names.map((name) => site.topics[name])].join(" · ");
  if (summary) text.textContent = summary;
  else text.remove();
  const contact = site.contacts[page - site.pages.length + site.contacts.length];
  if (contact) made.append(...row(contact).querySelectorAll(".help-card__ways, .help-card__facts"));
  return made;
}

function show(pages, isAsked) {
  results.replaceChildren(...pages.slice(0, SHOWN).map(item));
  results.hidden = !pages.length;
  topics.hidden = pages.length > 0 || !isAsked;
  all.hidden = pages.length > 0;
}

async function search() {
  turn += 1;
  const mine = turn;
  try {
    await (loading ??= load());
  } catch {
    loading = undefined;
    status.textContent = "The search could not be loaded. Every page is listed below.";
    return;
  }
  const typed = split(field.value);
  const urgent = crisis(field.value);
  showCard(urgent);
  if (site.parts.length && !urgent) await loadParts(typed.flatMap((word) => [stem(word), ...(synonyms.get(stem(word)) ?? []).flatMap((group) => group[1].split(/[| ]/))])).catch(() => undefined);
  // What was typed since then has a search of its own.
  if (mine !== turn) return;
  const groups = meanings(typed);
  const pages = groups.length ? rank(groups) : [];
  if (typed.length && !pages.length && !urgent) showCard(cards[site.general - 1]);
  show(pages, typed.length > 0);
  const count = pages.length === 1 ? "1 result found." : `${pages.length} results found.`;
  const most = pages.length > SHOWN ? ` The first ${SHOWN} are shown.` : "";
  const unnamed = isUnnamed(groups) ? " None of them is about this alone, but they may help." : "";
  if (!typed.length) status.textContent = "";
  else if (pages.length) status.textContent = `${count}${most}${unnamed}`;
  else status.textContent = "Nothing found. Please try another word, or choose below.";
}

field.addEventListener("focus", () => (loading ??= load().catch(() => (loading = undefined))));
field.addEventListener("input", search);
if (field.value) search();
