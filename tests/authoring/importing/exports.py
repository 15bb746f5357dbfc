"""Write WordPress exports for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from msgspec import Struct, field

HOME = "https://old.example.org"


class Post(Struct, frozen=True):
    """An item of an export. Every field has a valid default."""

    number: int
    title: str = "A title"
    body: str = "Some words."
    slug: str = ""
    kind: str = "post"
    status: str = "publish"
    author: str = "jo"
    link: str = ""
    day: str = "2020-06-01 10:00:00"
    modified: str = ""
    excerpt: str = ""
    password: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    parent: int = 0
    file: str = ""
    comments: int = 0
    guid: str = ""

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.slug or f"post-{self.number}"


def cdata(text: str) -> str:
    """Return ``text`` as a CDATA section, as WordPress writes it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(post: Post, *, version: str = "1.2") -> str:
    """Return the item of ``post``."""
    link = post.link or f"{HOME}/{post.day[:4]}/{post.day[5:7]}/{post.name}/"
    tag = "tag" if version == "1.0" else "post_tag"
    terms = [("category", name) for name in post.categories] + [(tag, name) for name in post.tags]
    categories = "".join(
        f'<category domain="{domain}" nicename="{escape(name.lower())}">{cdata(name)}</category>'
        for domain, name in terms
    )
    metas = "".join(
        f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in post.meta.items()
    )
    comments = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{cdata('Visitor')}</wp:comment_author>"
        f"<wp:comment_author_email>visitor@example.net</wp:comment_author_email>"
        f"<wp:comment_author_IP>203.0.113.7</wp:comment_author_IP><wp:comment_content>{cdata('A comment.')}"
        "</wp:comment_content></wp:comment>"
        for number in range(post.comments)
    )
    modified = post.modified or post.day
    attachment = f"<wp:attachment_url>{escape(post.file)}</wp:attachment_url>" if post.file else ""
    return f"""\
<item>
<title>{cdata(post.title) if version == "1.2" else escape(post.title)}</title>
<link>{escape(link)}</link>
<pubDate>Mon, 01 Jun 2020 10:00:00 +0000</pubDate>
<dc:creator>{cdata(post.author)}</dc:creator>
<guid isPermaLink="false">{post.guid or f"{HOME}/?p={post.number}"}</guid>
<description></description>
<content:encoded>{cdata(post.body)}</content:encoded>
<excerpt:encoded>{cdata(post.excerpt)}</excerpt:encoded>
<wp:post_id>{post.number}</wp:post_id>
<wp:post_date>{post.day}</wp:post_date>
<wp:post_date_gmt>{post.day}</wp:post_date_gmt>
<wp:post_modified>{modified}</wp:post_modified>
<wp:post_modified_gmt>{modified}</wp:post_modified_gmt>
<wp:post_name>{post.name}</wp:post_name>
<wp:status>{post.status}</wp:status>
<wp:post_parent>{post.parent}</wp:post_parent>
<wp:post_type>{post.kind}</wp:post_type>
<wp:post_password>{cdata(post.password)}</wp:post_password>
{attachment}{categories}{metas}{comments}
</item>
"""


def export(posts: Iterable[Post], *, version: str = "1.2", authors: Mapping[str, str] | None = None) -> str:
    """Return an export of ``posts``. ``authors`` maps login names to display names."""
    named = {"jo": "Editorial team"} if authors is None else authors
    people = "".join(
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(f'{login}@example.org')}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
        for number, (login, name) in enumerate(named.items(), start=1)
    )
    return f"""\
<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a file of posts & pages, made for a test. -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
<title>The old site</title>
<link>{HOME}</link>
<wp:wxr_version>{version}</wp:wxr_version>
<wp:base_site_url>{HOME}</wp:base_site_url>
<wp:base_blog_url>{HOME}</wp:base_blog_url>
{people}
{"".join(item(post, version=version) for post in posts)}</channel>
</rss>
"""


def write_export(
    file: Path, posts: Iterable[Post], *, version: str = "1.2", authors: Mapping[str, str] | None = None
) -> Path:
    """Write an export of ``posts`` and return its file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(export(posts, version=version, authors=authors), encoding="utf-8")
    return file
