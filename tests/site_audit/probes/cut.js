// Text that a box with a hidden overflow, or the edge of the screen, cuts.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  const hides = (value) => value === "hidden" || value === "clip";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || !seen(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
    for (const rect of rects) {
      let cut = "";
      let scrolls = false;
      for (let up = parent; up && up !== document.documentElement && !cut; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (/auto|scroll/.test(style.overflowX)) scrolls = true;
        const box = up.getBoundingClientRect();
        if (hides(style.overflowX) && !scrolls && (rect.left < box.left - 1 || rect.right > box.right + 1)) cut = describe(up);
        // A line is a little higher than its letters: only more than half of it hidden is a loss.
        const half = rect.height / 2;
        if (hides(style.overflowY) && (rect.top < box.top - half || rect.bottom > box.bottom + half)) cut = describe(up);
      }
      const beyond = rect.left + scrollX < -1 || (hides(getComputedStyle(document.documentElement).overflowX) && rect.right > width + 1);
      if (!scrolls && beyond) cut ||= "the edge of the screen";
      if (cut) {
        found.push({ element: describe(parent), detail: `cut by ${cut}` });
        break;
      }
    }
    if (found.length >= 5) break;
  }
  return found;
}
