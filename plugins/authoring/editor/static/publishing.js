// Follow a publication until it has ended.
import { ask } from "./request.js";

/** So long between two questions (milliseconds). */
const PAUSE = 1000;

/** Show in `place` how the publication goes; returns once it has ended. */
export async function follow(place) {
  const words = place.querySelector("[data-publishing-told]");
  const lines = place.querySelector("[data-publishing-lines]");
  for (;;) {
    const { status, data } = await ask("/write/do/publishing", {});
    const said = status === 200 ? data.message : data.error;
    if (words.textContent !== said) words.textContent = said;
    if (status !== 200) return;
    lines.hidden = !data.lines.length;
    lines.textContent = data.lines.join("\n");
    if (!data.isRunning) return;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}
