// Stands in for the package `entities`, of which markdown-it needs two functions; the browser knows the names, too.
export function decodeHTMLStrict(text) {
  if (typeof document === "undefined") return text;
  const area = document.createElement("textarea");
  area.innerHTML = text;
  return area.value;
}

export const decodeHTML = decodeHTMLStrict;
