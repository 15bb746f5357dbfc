// Exit this page: Shift three times leaves, as the links do; any other key, or five seconds, and the count begins anew.
// Not Escape: it stops pages from loading, and readers press it for other things.
const count = document.querySelector(".exit-link__count");
const overlay = document.querySelector(".exit-link__overlay");
const links = document.querySelectorAll("[data-exit]");
let presses = 0;
let timer;

function leave(event) {
  event?.preventDefault();
  for (const part of document.body.children) part.hidden = part !== overlay;
  overlay.textContent = "Loading";
  // Replaces this page, so that Back does not return to it.
  location.replace(links[0].href);
}

function reset(words) {
  clearTimeout(timer);
  presses = 0;
  count.textContent = words;
}

for (const link of links) link.addEventListener("click", leave);

addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    if (presses) reset("");
    return;
  }
  clearTimeout(timer);
  presses += 1;
  if (presses > 2) {
    leave();
  } else {
    count.textContent = presses > 1 ? "Shift: press 1 more time to leave this page" : "Shift: press 2 more times to leave this page";
    timer = setTimeout(reset, 5000, "Staying on this page");
  }
});

// A browser may show the page again as it was when it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
