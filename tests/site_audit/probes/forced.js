// Visits each stop of the walk once more, and says which of them do not show it.
() => {
  document.activeElement.blur();
  const stops = [...window.walk.reached].filter((one) => window.walk.looks.has(one));
  const before = new Map(stops.map((one) => [one, look(one)]));
  const found = [];
  for (const one of stops) {
    one.focus({ focusVisible: true });
    if (!marked(one, before.get(one), true)) found.push({ element: describe(one), detail: "nothing shows that it has the focus" });
  }
  return found;
}
