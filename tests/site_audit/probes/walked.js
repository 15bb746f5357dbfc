// What was found on the way.
() => {
  const { walk } = window;
  walk.stop();
  removeEventListener("keydown", walk.stop, true);
  const unreached = walk.controls.filter((one) => !walk.reached.has(one)).map((one) => ({ element: describe(one), detail: "Tab never comes to it" }));
  return { unreached, unmarked: walk.unmarked, unseen: walk.unseen };
}
