// Runs axe-core with every rule of WCAG 2.2 and good practice, and gives what it found wrong and what it could not decide.
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "wcag22aaa", "best-practice"];
  const done = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations", "incomplete"] });
  const tell = (results) => results.flatMap((result) => result.nodes.map((node) => ({
    element: node.target.flat().join(" "),
    detail: `${result.id}: ${[...node.any, ...node.all, ...node.none].map((check) => check.message)[0] || result.help}`,
  })));
  return { violations: tell(done.violations), incomplete: tell(done.incomplete) };
}
