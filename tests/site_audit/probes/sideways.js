// What makes the page, or a box in it, scroll sideways. Boxes with a table or code in them may (WCAG 1.4.10).
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const page = document.scrollingElement.scrollWidth > width;
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const scrolls = /auto|scroll/.test(style.overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth + 1 && !element.querySelector("table, pre") && !element.closest("pre")) {
      found.push({ element: describe(element), detail: `its content is ${element.scrollWidth} px wide, itself ${element.clientWidth} px` });
    }
    if (page && element.getBoundingClientRect().right > width + 1 && !element.querySelector("*") && seen(element) &&
        !element.closest("table, pre")) {
      found.push({ element: describe(element), detail: `it ends ${Math.round(element.getBoundingClientRect().right - width)} px beyond the screen` });
    }
  }
  if (page && !found.length) {
    found.push({ element: "html", detail: `the page is ${document.scrollingElement.scrollWidth} px wide, the screen ${width} px` });
  }
  return found.slice(0, 5);
}
