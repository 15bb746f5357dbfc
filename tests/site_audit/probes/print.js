// What is wrong with the page on paper: controls that nobody can press there, links whose address nobody can read.
() => {
  const controls = [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, nav, form, [role=button], [role=navigation], [role=search]")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().height > 1)
    .map((element) => ({ element: describe(element), detail: "it is printed" }));
  const links = [...document.querySelectorAll("main a[href^='http']")]
    .filter((link) => link.origin !== location.origin && link.checkVisibility({ visibilityProperty: true }) && !onlyHeard(link))
    .filter((link) => {
      const after = getComputedStyle(link, "::after").content;
      return !(after.includes("attr(href)") || after.includes(link.getAttribute("href")) || link.textContent.includes(link.getAttribute("href")));
    })
    .map((link) => ({ element: describe(link), detail: "its address is not printed" }));
  return { controls, links };
}
