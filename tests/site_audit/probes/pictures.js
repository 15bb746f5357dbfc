// Pictures in sight at the opening that a browser loaded in a wrong width: its `sizes` does not say how wide the picture is.
() => {
  const found = [];
  for (const image of document.querySelectorAll("img[fetchpriority=high]")) {
    const box = image.getBoundingClientRect();
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    // A window with another shape than the picture crops it.
    const whole = getComputedStyle(image).objectFit === "cover" ? Math.max(box.width, box.height * ratio) : box.width;
    // A picture that is a twentieth too small looks as sharp.
    const needed = Math.floor(0.95 * whole * devicePixelRatio);
    const isLoaded = (file) => image.currentSrc.endsWith(file);
    // The files of each format by width, as in "/a-400.avif 400w,/a-800.avif 800w".
    const formats = [...image.parentElement.querySelectorAll("source, img")].map((source) =>
      source.srcset.split(",").map((one) => one.trim().split(" ")).map(([file, width]) => [file, parseInt(width, 10)]));
    const offered = formats.find((files) => files.some(([file]) => isLoaded(file)));
    if (!offered) continue;
    const [, width] = offered.find(([file]) => isLoaded(file));
    const widths = offered.map(([, one]) => one).sort((a, b) => a - b);
    const best = widths.find((one) => one >= needed) ?? widths.at(-1);
    if (width !== best) found.push({ element: describe(image), detail: `${width} px wide, where ${best} px would do for ${needed}` });
  }
  return found;
}
