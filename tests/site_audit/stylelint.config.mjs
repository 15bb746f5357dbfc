// What stylelint asks of our style sheets, as they are served: everything that is probably a mistake.
export default {
  extends: ["stylelint-config-recommended"],
  reportDescriptionlessDisables: true,
  rules: {
    // The order is that of folders and components, each in a file of its own, not that of weight.
    "no-descending-specificity": null,
    // A page has the selectors that it needs of each list, so that two rules may be left with the same.
    "no-duplicate-selectors": null,
    // An older browser takes the first of two values, and the others take the second.
    "declaration-block-no-duplicate-properties": [true, { ignore: ["consecutive-duplicates-with-different-values"] }],
    // One of them is for feeds, whose elements are not those of HTML.
    "selector-type-no-unknown": [
      true,
      { ignoreTypes: ["rss", "channel", "item", "feed", "entry", "description", "subtitle", "pubDate", "published", "encoded"] },
    ],
  },
};
