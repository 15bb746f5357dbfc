// Ask the editor's server, and show what it refuses.
export const key = document.querySelector('meta[name="write-key"]').content;

/** Send `body`, an object or a file, to `address`; returns the status and what was answered. */
export async function ask(address, body) {
  const isFile = body instanceof Blob;
  const headers = { "Content-Type": isFile ? "application/octet-stream" : "application/json", "X-Write-Key": key };
  try {
    const answer = await fetch(address, { method: "POST", headers, body: isFile ? body : JSON.stringify(body) });
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const data = isJson ? await answer.json() : { error: (await answer.text()).trim() };
    return { status: answer.status, data };
  } catch {
    return { status: 0, data: { error: "The editor does not answer. Is  inv write  still running? What you see here is not lost: leave this page open, and start it again." } };
  }
}

/** Show `words` in the place for them within `form`. */
export function tell(form, words) {
  const place = form.querySelector(".told");
  place.textContent = words;
  place.hidden = !words;
  if (words) place.scrollIntoView({ block: "nearest" });
}
