// Follow a publication until it has ended.
import { ask } from "./ask.js";

/** So long between two questions (milliseconds). */
const PAUSE = 1000;

/** Show in `place` how the publication goes; returns once it has ended. */
export async function follow(place) {
  const words = place.querySelector("[data-publishing-told]");
  const lines = place.querySelector("[data-publishing-lines]");
  for (;;) {
    const { status, told } = await ask("/write/do/publishing", {});
    const said = status === 200 ? told.told : told.error;
    if (words.textContent !== said) words.textContent = said;
    if (status !== 200) return;
    lines.hidden = !told.lines.length;
    lines.textContent = told.lines.join("\n");
    if (!told.isRunning) return;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}
