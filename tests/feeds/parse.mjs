// Reads feeds with a parser of npm. Takes its name and paths as arguments; prints, by path, what each item says.
import { readFile } from "node:fs/promises";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";

const [parser, ...paths] = process.argv.slice(2);

async function rssParser(text) {
  const feed = await new Parser().parseString(text);
  return feed.items.map((item) => ({
    id: item.guid ?? item.id,
    title: item.title,
    link: item.link,
    date: item.pubDate ?? item.isoDate,
    html: item["content:encoded"] ?? item.content,
  }));
}

function feedsmith(text) {
  const { format, feed } = parseFeed(text);
  const shapes = {
    rss: () => (feed.items ?? []).map((item) => ({
      id: item.guid?.value,
      title: item.title,
      link: item.link,
      date: item.pubDate,
      html: item.content?.encoded,
    })),
    atom: () => (feed.entries ?? []).map((entry) => ({
      id: entry.id,
      title: entry.title?.value ?? entry.title,
      link: entry.links?.find((link) => link.rel === "alternate")?.href,
      date: entry.published,
      html: entry.content?.value ?? entry.content,
    })),
    json: () => (feed.items ?? []).map((item) => ({
      id: item.id,
      title: item.title,
      link: item.url,
      date: item.date_published ?? item.datePublished,
      html: item.content_html ?? item.contentHtml,
    })),
  };
  return shapes[format]();
}

const read = { "rss-parser": rssParser, feedsmith }[parser];
const found = {};
for (const path of paths) {
  found[path] = await read(await readFile(path, "utf8"));
}
process.stdout.write(JSON.stringify(found));
