// What a reader finds on the page: its words, and where its links lead. The names of fields and what
// describes them are left out, and so are buttons: a control that only a script answers is rightly hidden where there are none.
() => {
  const names = [...document.querySelectorAll("label:not([hidden]), button:not([hidden])")];
  for (const field of document.querySelectorAll("[aria-describedby]")) {
    names.push(...field.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id)).filter((one) => one && !one.hidden));
  }
  for (const name of names) name.hidden = true;
  const words = document.body.innerText.split(/\s+/).filter(Boolean);
  for (const name of names) name.hidden = false;
  const links = [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility({ visibilityProperty: true })).map((link) => link.getAttribute("href"));
  return { words, links };
}
