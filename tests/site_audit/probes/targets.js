// Controls smaller than a finger needs. What counts is where a tap really lands: padding and pseudo-elements count, and what
// another element covers does not. Links in a sentence are exempt (WCAG 2.5.5, 2.5.8).
(side) => {
  const found = [];
  const inSentence = (element) => {
    if (!getComputedStyle(element).display.startsWith("inline") || element.localName !== "a") return false;
    let block = element.parentElement;
    while (block !== document.body && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    let rest = "";
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent.closest("a, button, summary") && seen(parent)) rest += walker.currentNode.data;
    }
    return /\p{L}{2}/u.test(rest);
  };
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (!seen(element) || inSentence(element)) continue;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const label = element.labels && element.labels[0];
    const hit = (x, y) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || (label !== null && label !== undefined && label.contains(top)));
    };
    let width = 0;
    let height = 0;
    const boxes = [...element.getClientRects(), ...[...element.children].flatMap((child) => [...child.getClientRects()])];
    for (const box of boxes) {
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      if (!box.width || !box.height || !hit(x, y)) continue;
      const reach = (dx, dy) => {
        let steps = 0;
        while (steps < side && hit(x + dx * (steps + 0.5), y + dy * (steps + 0.5))) steps += 0.5;
        return steps;
      };
      width = Math.max(width, reach(-1, 0) + reach(1, 0));
      height = Math.max(height, reach(0, -1) + reach(0, 1));
    }
    // Out of sight until it has the focus, such as a skip link: nothing to tap.
    if (!width && !height && element.getBoundingClientRect().bottom + scrollY <= 0) continue;
    // Edges fall between pixels: up to one pixel is a matter of rounding.
    if (width < side - 1 || height < side - 1) {
      found.push({ element: describe(element), detail: `a tap lands on ${Math.round(width)} × ${Math.round(height)} px` });
    }
  }
  scrollTo(0, 0);
  return found;
}
