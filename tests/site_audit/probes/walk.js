// Gets ready to be walked through with Tab, and says how many stops there should be.
() => {
  let controls = [...document.querySelectorAll(CONTROLS)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"));
  // Of radio buttons with one name, Tab reaches one.
  controls = controls.filter((one) => one.type !== "radio" || one.checked || !document.querySelector(`[name="${CSS.escape(one.name)}"]:checked`));
  const walk = { controls, looks: new Map(controls.map((one) => [one, look(one)])), reached: new Set(), unmarked: [], unseen: [] };
  // Each stop is looked at when the next press begins: by then the page has scrolled to it.
  walk.stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body || walk.reached.has(element)) return;
    walk.reached.add(element);
    const before = walk.looks.get(element);
    if (before && !marked(element, before, false)) walk.unmarked.push({ element: describe(element), detail: "nothing shows that it has the focus" });
    if (!inView(element)) walk.unseen.push({ element: describe(element), detail: "it has the focus out of sight or below something else" });
  };
  addEventListener("keydown", walk.stop, true);
  window.walk = walk;
  return controls.length;
}
