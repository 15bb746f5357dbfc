// Tell the server that this page is open, and its author who else has the same entry open.
import { ask, key } from "./request.js";

/** So long between two questions (milliseconds). */
const PAUSE = 10_000;

/** Ask at `address` who else is there, and say so in `place`; `base` returns the version on which the author began. */
export function team(address, base, place) {
  const window = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("");
  const look = async () => {
    const began = base();
    const { status, data } = await ask(address, { window, base: began });
    // What was asked of an earlier version says nothing of one that was saved meanwhile.
    if (status === 200 && base() === began) show(data);
  };
  const show = ({ others, isBehind }) => {
    const names = others.filter(Boolean);
    const words = [
      names.length && `${list(names)} ${names.length === 1 ? "has" : "have"} this text open, too. Agree who goes first. The page beside it shows what was typed last.`,
      others.includes("") && "You have this text open in another window, too.",
      isBehind && "Somebody has saved another version since you began. When you save, you are shown both; nothing is overwritten before.",
    ].filter(Boolean).join(" ");
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
  };
  look();
  setInterval(look, PAUSE);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  addEventListener("pagehide", () => {
    const headers = { "Content-Type": "application/json", "X-Write-Key": key };
    fetch(address, { method: "POST", keepalive: true, headers, body: JSON.stringify({ window, leaving: "yes" }) }).catch(() => {});
  });
}

const list = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0]);
