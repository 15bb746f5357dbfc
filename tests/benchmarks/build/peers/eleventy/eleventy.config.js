// The settings of Eleventy: the pages that the other peers make, and nothing more.

import { dateToRfc3339, dateToRfc822 } from "@11ty/eleventy-plugin-rss";

const SITE = { name: "Recovery Commons", url: "https://example.org", desc: "Stories and tools" };
const PAGE_SIZE = 10;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
// What lists there are, and where: a field of the front matter, and the first part of the address.
const LISTS = [["category", "category"], ["topics", "tag"], ["author", "author"]];

const slugify = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

const longDate = (date) =>
  `${DAYS[date.getUTCDay()]} ${String(date.getUTCDate()).padStart(2, "0")} ` +
  `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

const newestFirst = (api) => api.getFilteredByGlob("src/articles/*.md").sort((a, b) => b.date - a.date);

function groupedBy(articles, field) {
  const groups = new Map();
  for (const article of articles) {
    for (const name of [].concat(article.data[field])) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(article);
    }
  }
  return groups;
}

function pagesOf(title, base, articles) {
  const total = Math.ceil(articles.length / PAGE_SIZE);
  const address = (page) => (page === 1 ? base : `${base}page/${page}/`);
  return Array.from({ length: total }, (_, index) => {
    const page = index + 1;
    return {
      title,
      page,
      total,
      items: articles.slice(index * PAGE_SIZE, page * PAGE_SIZE),
      url: address(page),
      prev: page > 1 ? address(page - 1) : null,
      next: page < total ? address(page + 1) : null,
    };
  });
}

export default function (config) {
  config.addPassthroughCopy({ "src/images": "images" });
  config.addPassthroughCopy({ "src/theme": "theme" });
  config.addFilter("slug2", slugify);
  config.addFilter("rfc3339", dateToRfc3339);
  config.addFilter("rfc822", dateToRfc822);
  config.addFilter("nice", longDate);
  config.addFilter("head", (items, count) => items.slice(0, count));
  config.addGlobalData("site", SITE);

  config.addCollection("articles", newestFirst);
  config.addCollection("cats", (api) =>
    [...groupedBy(newestFirst(api), "category")]
      .sort()
      .map(([name, items]) => ({ name, slug: slugify(name), items })),
  );
  config.addCollection("terms", (api) => {
    const articles = newestFirst(api);
    return LISTS.flatMap(([field, folder]) =>
      [...groupedBy(articles, field).keys()].map((name) => `/${folder}/${slugify(name)}/`),
    );
  });
  config.addCollection("lists", (api) => {
    const articles = newestFirst(api);
    const listed = LISTS.flatMap(([field, folder]) =>
      [...groupedBy(articles, field)].flatMap(([name, items]) =>
        pagesOf(`${name} - ${SITE.name}`, `/${folder}/${slugify(name)}/`, items),
      ),
    );
    return [...pagesOf(SITE.name, "/", articles), ...listed];
  });

  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
