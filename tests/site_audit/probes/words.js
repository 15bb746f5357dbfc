// What a reader finds on the page: its words, and where its links lead. The name of a field is left out: a field that only a
// script answers is rightly hidden with its name where there are none.
() => {
  const names = [...document.querySelectorAll("label:not([hidden])")];
  for (const name of names) name.hidden = true;
  const words = document.body.innerText.split(/\s+/).filter(Boolean);
  for (const name of names) name.hidden = false;
  const links = [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility({ visibilityProperty: true })).map((link) => link.getAttribute("href"));
  return { words, links };
}
