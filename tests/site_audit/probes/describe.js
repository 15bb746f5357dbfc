// How an element is named in a report: tag, id or class, and the first words in it.
const describe = (element) => {
  const words = (element.getAttribute("aria-label") || element.textContent || element.getAttribute("alt") || "").trim().replace(/\s+/g, " ");
  const named = element.id ? `#${element.id}` : element.classList.length ? `.${element.classList[0]}` : "";
  return `${element.localName}${named}${words ? ` "${words.slice(0, 40)}"` : ""}`;
};
// Seen by nobody on purpose: the idiom for words that are only heard.
const onlyHeard = (element) => {
  for (let up = element; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.clip === "rect(0px, 0px, 0px, 0px)" || style.clipPath === "inset(50%)") return true;
    if (style.position === "absolute" && up.offsetWidth <= 1) return true;
  }
  return false;
};
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !onlyHeard(element);
const CONTROLS = "a[href], area[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select:not(:disabled), " +
  "textarea:not(:disabled), summary, [tabindex]:not([tabindex='-1']), [contenteditable='true']";
