// What a reader finds on the page: its words, and where its links lead.
() => ({
  words: document.body.innerText.split(/\s+/).filter(Boolean),
  links: [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility({ visibilityProperty: true })).map((link) => link.getAttribute("href")),
})
