// How much of the height of the screen is covered by what stays while the page scrolls.
(limit) => {
  scrollTo(0, document.scrollingElement.scrollHeight / 2);
  const height = innerHeight;
  const bars = [...document.body.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    if (style.position !== "fixed" && style.position !== "sticky") return false;
    const box = element.getBoundingClientRect();
    return seen(element) && style.opacity !== "0" && box.width >= innerWidth / 4 && box.bottom > 0 && box.top < height;
  });
  const covered = new Set();
  for (const bar of bars) {
    const box = bar.getBoundingClientRect();
    for (let y = Math.max(0, Math.ceil(box.top)); y < Math.min(height, box.bottom); y++) covered.add(y);
  }
  scrollTo(0, 0);
  if (covered.size / height <= limit) return [];
  return bars.map((bar) => ({ element: describe(bar), detail: `${Math.round(100 * covered.size / height)} % of the height is covered` }));
}
