// What may show that an element has the focus.
const look = (element) => {
  const style = getComputedStyle(element);
  return { shadow: style.boxShadow, border: `${style.borderStyle} ${style.borderWidth} ${style.borderColor}`, ground: style.backgroundColor };
};
const clear = (colour) => /^rgba\(.*, 0\)$|^transparent$/.test(colour);
const marked = (element, before, forced) => {
  const style = getComputedStyle(element);
  if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor)) return true;
  const now = look(element);
  // Forced colours take shadows and grounds away.
  return before.border !== now.border || (!forced && (before.shadow !== now.shadow || before.ground !== now.ground));
};
const inView = (element) => {
  const boxes = [...element.getClientRects(), ...[...element.children].flatMap((child) => [...child.getClientRects()])];
  return boxes.some((box) => {
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    if (right - left < 1 || bottom - top < 1) return false;
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return there !== null && (element.contains(there) || there.contains(element));
  });
};
