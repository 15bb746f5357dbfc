// Pictures in sight at the opening that a browser loaded in a wrong width: its `sizes` does not say how wide the picture is.
() => {
  const found = [];
  for (const image of document.querySelectorAll("img[fetchpriority=high]")) {
    const box = image.getBoundingClientRect();
    const shape = image.getAttribute("width") / image.getAttribute("height");
    // A window with another shape than the picture crops it.
    const whole = getComputedStyle(image).objectFit === "cover" ? Math.max(box.width, box.height * shape) : box.width;
    // A picture that is a twentieth too small looks as sharp.
    const needed = Math.floor(0.95 * whole * devicePixelRatio);
    const offered = [...image.parentElement.querySelectorAll("source, img")]
      .map((source) => source.srcset.split(",").map((one) => one.trim().split(" ")).map(([file, width]) => ({ file, width: parseInt(width, 10) })))
      .find((files) => files.some(({ file }) => image.currentSrc.endsWith(file)));
    if (!offered) continue;
    const { width } = offered.find(({ file }) => image.currentSrc.endsWith(file));
    const widths = offered.map((one) => one.width).sort((a, b) => a - b);
    const best = widths.find((one) => one >= needed) ?? widths.at(-1);
    if (width !== best) found.push({ element: describe(image), detail: `${width} px wide, where ${best} px would do for ${needed}` });
  }
  return found;
}
