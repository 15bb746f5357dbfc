// What moves although the reader asked for less motion.
() => {
  const found = document.getAnimations().map((moving) => ({
    element: describe(moving.effect.target), detail: "it moves" }));
  const longest = (value) => Math.max(...value.split(",").map((part) => parseFloat(part) * (part.includes("ms") ? 1 : 1000)));
  for (const element of [document.documentElement, ...document.body.querySelectorAll("*")]) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, part);
      if (style.animationName !== "none" && longest(style.animationDuration) > 10) {
        found.push({ element: describe(element), detail: `the animation ${style.animationName}` });
      } else if (longest(style.transitionDuration) > 10) {
        found.push({ element: describe(element), detail: `a transition of ${style.transitionProperty}` });
      }
    }
    if (getComputedStyle(element).scrollBehavior === "smooth") {
      found.push({ element: describe(element), detail: "it scrolls smoothly" });
    }
  }
  return found.slice(0, 5);
}
