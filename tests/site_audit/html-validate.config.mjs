// What html-validate asks of our pages: all that it recommends, but for what does not concern us.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // As the HTML standard itself writes it.
    "doctype-style": ["error", { style: "lowercase" }],
    // Our style sheet comes from where the page comes from.
    "require-sri": ["error", { target: "crossorigin" }],
    // It takes every link to a number for a number, also `Call us and ask for Sammy`. Ours are kept on one line by a class.
    "tel-non-breaking": "off",
    // HTML allows any letter or sign; ours begin with _ where an author's heading could want the same.
    "valid-id": ["error", { relaxed: true }],
    // A box that scrolls needs a name and a stop for Tab; it is no section of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};
