"""Test the import of Markdown folders of Hugo, Jekyll, Pelican and Eleventy."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from plugins.authoring.importing.foreign_front_matter import FrontMatterError, split_front_matter
from plugins.authoring.importing.generator_text import plain_markdown
from plugins.authoring.importing.item import CONTENTS_LEFT_OUT, KEPT_ITS_WORDS
from plugins.authoring.importing.markdown_html import to_html
from plugins.authoring.importing.to_dos import ToDo
from plugins.content_model.placeholders import Placeholder
from tests.authoring.importing.world import actions, body, bring, converted, entry, notes, picture, report_data
from tests.sites.writing import write

_HUGO = {
    "hugo.toml": "title = 'x'\n",
    "content/posts/first.md": (
        '+++\ntitle = "First"\ndate = 2020-03-01T10:00:00Z\ntags = ["alcohol"]\naliases = ["/old/first/"]\n'
        'authors = ["Editorial team"]\n+++\n\n'
        'See [the other](../bundle/) and [it]({{< ref "bundle/index.md" >}}).[^1]\n'
        "\n"
        '{{< figure src="/img/lake.png" alt="A lake" caption="By the lake" >}}\n\n{{< youtube abc >}}\n\n'
        "{{% notice note %}}\nInside.\n{{% /notice %}}\n\n[^1]: A note.\n"
    ),
    "content/posts/bundle/index.md": (
        "---\ntitle: Bundle\ndate: 2021-05-06\ndescription: Short.\n---\n\n![A gate](gate.png)\n"
    ),
    "content/posts/hidden.md": "---\ntitle: Hidden\ndraft: true\ndate: 2021-05-06\n---\n\nx\n",
    "content/_index.md": "---\ntitle: List\n---\n",
    "README.md": "# About\n",
    "themes/x/README.md": "# Theme\n",
}
_JEKYLL = {
    "_config.yml": "title: x\n",
    "_posts/2020-03-01-first.md": (
        "---\ntitle: First\ncategories: [News]\nauthor: Editorial team\nredirect_from: /old/first\n---\n\n"
        "See [it]({% post_url 2021-05-06-bundle %}) and [home]({{ site.baseurl }}/about.html).\n\n"
        "{% highlight python %}\nx = {{ y }}\n{% endhighlight %}\n\n{% include form.html %}\n\nA *word*{: .big}.\n"
    ),
    "_posts/2021-05-06-bundle.md": "---\ntitle: Bundle\n---\n\nWords.\n",
    "_drafts/hidden.md": "---\ntitle: Hidden\n---\n\nx\n",
    "about.md": "---\ntitle: About\nlayout: page\n---\n\nWho we are.\n",
}
_PELICAN = {
    "pelicanconf.py": "SITENAME = 'x'\n",
    "content/first.md": (
        "Title: First\nDate: 2020-03-01 10:00\nModified: 2020-04-01\nCategory: News\nTags: alcohol, tea\n"
        "Slug: first\nAuthor: Editorial team\nSummary: Short.\n\nSee [it]({filename}bundle.md).\n\n"
        "![A lake]({static}/images/lake.png)\n"
    ),
    "content/bundle.md": "Title: Bundle\nDate: 2021-05-06\n\nWords.\n",
    "content/pages/about.md": "Title: About\n\nWho we are.\n",
}
_ELEVENTY = {
    "eleventy.config.js": "",
    "src/posts/first.md": (
        "---\ntitle: First\ndate: 2020-03-01\ntags: [post, alcohol]\n---\n\nSee [it](/posts/bundle/).\n\n"
        '{% image "./lake.png", "A lake" %}\n'
    ),
    "src/posts/bundle.md": "---\ntitle: Bundle\ndate: 2021-05-06\npermalink: /b/\n---\n\nWords.\n",
}


def aliases(content: Path, path: str) -> list[str]:
    """Return the old addresses of an entry."""
    found: list[str] = yaml.safe_load(entry(content, path).split("---\n")[1]).get("aliases", [])
    return found


def test_hugo(content: Path, tmp_path: Path) -> None:
    """Hugo: TOML and YAML, bundles, shortcodes, links between files and aliases. Drafts are not imported."""
    old = write(tmp_path / "old", _HUGO)
    for name in ("static/img/lake.png", "content/posts/bundle/gate.png"):
        write(old, {name: picture()})
    report = bring(content, old)
    assert actions(report) == {"new": 2, "skipped": 1}
    other = "{filename}/articles/bundle/index.md"
    assert body(content, "articles/first") == (
        f"See [the other]({other}) and [it]({other}).[^1]\n\n![A lake](lake.png)\n\nBy the lake\n\n"
        "<https://www.youtube.com/watch?v=abc>\n\nInside.\n\n[^1]: A note."
    )
    assert body(content, "articles/bundle") == "![A gate](gate.png)"
    assert aliases(content, "articles/first") == ["/posts/first/", "/old/first/"]
    assert "author: editorial-team\n" in entry(content, "articles/first")
    assert report_data(content)["sources"][0]["left_out"] == {"text about the project": 1, "list without a text": 1}
    assert actions(bring(content, old)) == {"unchanged": 2, "skipped": 1}


def test_jekyll(content: Path, tmp_path: Path) -> None:
    """Jekyll: dates in file names and addresses, template tags, code and attributes."""
    report = bring(content, write(tmp_path / "old", _JEKYLL))
    assert actions(report) == {"new": 3, "skipped": 1}
    assert body(content, "articles/first") == (
        "See [it]({filename}/articles/bundle/index.md) and [home]({filename}/pages/about/index.md).\n\n"
        "```python\nx = {{ y }}\n```\n\nA *word*."
    )
    assert aliases(content, "articles/first") == ["/news/2020/03/01/first.html", "/old/first"]
    assert "kind: news\n" in entry(content, "articles/first")
    assert aliases(content, "pages/about") == ["/about.html"]
    assert "a template tag stood for something that only the old site could make" in notes(report)


def test_pelican(content: Path, tmp_path: Path) -> None:
    """Pelican: front matter without fences, ``{filename}`` links and pages."""
    old = write(tmp_path / "old", _PELICAN)
    write(old, {"content/images/lake.png": picture()})
    bring(content, old)
    assert body(content, "articles/first") == "See [it]({filename}/articles/bundle/index.md).\n\n![A lake](lake.png)"
    text = entry(content, "articles/first")
    assert "published: 2020-03-01\nupdated:\n  - on: 2020-04-01\n" in text
    assert "topics: [alcohol]\n" in text
    assert aliases(content, "articles/first") == ["/first.html"]
    assert aliases(content, "pages/about") == ["/pages/about.html"]


def test_eleventy(content: Path, tmp_path: Path) -> None:
    """Eleventy: permalinks, tags for collections, and pictures beside the posts."""
    old = write(tmp_path / "old", _ELEVENTY)
    write(old, {"src/posts/lake.png": picture()})
    bring(content, old)
    assert body(content, "articles/first").endswith("![A lake](lake.png)")
    assert aliases(content, "articles/first") == ["/posts/first/"]
    assert aliases(content, "articles/bundle") == ["/b/"]


def test_a_file_that_cannot_be_read_is_named(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Invalid front matter is an error with its line. The other files are imported."""
    old = write(tmp_path / "old", {"a.md": "---\ntitle: [\n---\n\nx\n", "b.md": "---\ntitle: B\n---\n\nWords.\n"})
    with pytest.raises(SystemExit) as stop:
        bring(content, old)
    assert stop.value.code == 1
    assert (
        "error: a.md: it could not be read as it is (its front matter cannot be read (line 3:"
        in capsys.readouterr().err
    )
    assert body(content, "pages/b") == "Words."


def test_an_empty_folder_is_explained(content: Path, tmp_path: Path) -> None:
    """A folder without Markdown is an error that says so."""
    with pytest.raises(SystemExit, match="holds no Markdown file"):
        bring(content, write(tmp_path / "old", {"a.txt": "x"}))


def test_front_matter_cannot_grow_without_end() -> None:
    """YAML aliases are refused, because nested aliases can expand without limit."""
    with pytest.raises(FrontMatterError, match="a reference with \\* is not read"):
        split_front_matter("---\na: &a [x]\nb: *a\n---\n")


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("---\nTitle: x\n---\nbody", {"title": "x"}, "body"),
        ('{"title": "x"}\nbody', {"title": "x"}, "\nbody"),
        ("Title: x\nTags: a,\n  b\n\nbody", {"title": "x", "tags": "a, b"}, "\nbody"),
        ("Just a text", {}, "Just a text"),
        ("---\n\nA rule above", {}, "---\n\nA rule above"),
    ],
)
def test_front_matter_of_every_kind(text: str, fields: dict[str, str], rest: str) -> None:
    """YAML, JSON and plain fields are read. A text without front matter is accepted."""
    assert split_front_matter(text) == (fields, rest)


def test_template_tags_in_code_stay() -> None:
    """Template tags in code and in raw blocks are kept."""
    made, found = plain_markdown("```\n{{ x }}\n```\n{% raw %}{{ y }}{% endraw %}")
    assert made == "```\n{{ x }}\n```\n{{ y }}"
    assert found == []


def test_notes_of_markdown_are_links_there_and_back() -> None:
    """Footnotes become two links each, in the order of their references. A footnote without reference stays text."""
    html = to_html("a[^x] b[^1] `[^x]`\n\n[^1]: One.\n[^x]: Two.\n\n    More.\n[^z]: Alone.\n")
    assert html.index("Two.") < html.index("One.")
    assert "<code>[^x]</code>" in html
    assert html.endswith("<p>Alone.</p>\n")


def _text(title: str, fields: str = "", words: str = "Words.", day: str = "2020-03-04") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n{fields}---\n\n{words}\n"


@pytest.mark.parametrize(
    ("config", "path", "fields", "expected"),
    [
        ({"hugo.toml": '[permalinks]\nposts = "/:year/:month/:slug/"'}, "posts/a.md", "", "/2020/03/tea-talk/"),
        ({"hugo.toml": '[permalinks]\nposts = "/:year/:month/:slug/"'}, "posts/a.md", "slug: b\n", "/2020/03/b/"),
        ({"hugo.toml": '[permalinks.page]\nposts = "/:filename/"'}, "posts/a.md", "slug: b\n", "/a/"),
        ({"config.yaml": "permalinks:\n  posts: /x/:contentbasename/"}, "posts/a/index.md", "", "/x/a/"),
        ({"hugo.json": '{"permalinks": {"b": "/:sections[1:]/:title/"}}'}, "b/c/d/a.md", "", "/c/d/tea-talk/"),
        ({"config/_default/permalinks.toml": 'posts = "/:yearday/:i/"'}, "posts/a.md", "", "/posts/a/"),
        ({"config/_default/permalinks.toml": 'posts = "/:monthname/:title/"'}, "posts/a.md", "", "/march/tea-talk/"),
        ({"hugo.toml": 'baseURL = "https://a.example.net/b/"'}, "posts/a.md", "", "/b/posts/a/"),
        ({"hugo.toml": 'baseURL = "https://a.example.net/b/"'}, "posts/a.md", "url: /c/\n", "/b/c/"),
        ({"hugo.toml": "[languages.en]\n[languages.cy]"}, "posts/a.cy.md", "", "/cy/posts/a/"),
        ({"hugo.toml": "[languages.en]\n[languages.cy]"}, "posts/a/index.en.md", "", "/posts/a/"),
        (
            {"hugo.toml": "defaultContentLanguageInSubdir = true\n[languages.en]\ncontentDir = 'content/en'"},
            "en/posts/a.md", "", "/en/posts/a/",
        ),
        ({"hugo.toml": ""}, "posts/asp.net.md", "", "/posts/asp.net/"),
    ],
)  # fmt: skip
def test_old_addresses_of_hugo(
    content: Path, tmp_path: Path, config: dict[str, str], path: str, fields: str, expected: str
) -> None:
    """Patterns, the folder of the site and languages of the configuration are part of old addresses."""
    old = write(tmp_path / "old", {**config, f"content/{path}": _text("Tea & talk", fields)})
    bring(content, old)
    (made,) = (content / "articles").iterdir()
    assert aliases(content, f"articles/{made.name}") == [expected]


@pytest.mark.parametrize(
    ("config", "fields", "expected"),
    [
        ("permalink: pretty", "categories: [News]\n", "/news/2020/03/04/a/"),
        ("permalink: /:year/:title:output_ext", "", "/2020/a.html"),
        ("baseurl: /b\nurl: https://a.example.net", "", "/b/2020/03/04/a.html"),
        ("x: y", "permalink: /c/:title/\n", "/c/a/"),
    ],
)
def test_old_addresses_of_jekyll(content: Path, tmp_path: Path, config: str, fields: str, expected: str) -> None:
    """The form of addresses and the folder of the site of the configuration are part of old addresses."""
    bring(content, write(tmp_path / "old", {"_config.yml": config, "_posts/2020-03-04-a.md": _text("A", fields)}))
    assert aliases(content, "articles/a") == [expected]


def test_a_configuration_that_cannot_be_read_is_named(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error in the configuration is told, and the texts are imported."""
    with pytest.raises(SystemExit):
        bring(content, write(tmp_path / "old", {"hugo.toml": "x = [", "content/posts/a.md": _text("A")}))
    assert "error: hugo.toml: it could not be read as it is" in capsys.readouterr().err
    assert aliases(content, "articles/a") == ["/posts/a/"]


def test_a_text_in_another_language_is_told(content: Path, tmp_path: Path) -> None:
    """The end of a file name that is a language is no part of the slug. The text in the main language has the name."""
    files = {"croeso.cy.md": _text("Croeso"), "croeso.md": _text("Welcome"), "b/index.cy.md": _text("Bwndel")}
    old = write(tmp_path / "old", {f"content/posts/{name}": text for name, text in files.items()} | {"hugo.toml": ""})
    report = bring(content, old)
    told = {one.path: [note.detail for note in one.notes if note.what == ToDo.LANGUAGE] for one in report.outcomes}
    assert told == {
        "articles/croeso/index.md": [],
        "articles/b/index.md": ["cy"],
        "articles/croeso-2/index.md": ["cy"],
    }
    assert 'title: "Welcome"\n' in entry(content, "articles/croeso")


@pytest.mark.parametrize(
    ("fields", "alt"),
    [
        ("cover:\n  image: img/lake.png\n  alt: A lake\n  caption: x\n", "A lake"),
        ("images: [/img/lake.png]\n", Placeholder.PICTURE),
        ("featured_image: img/lake.png\nimage_alt: A lake\n", "A lake"),
        ("featuredImage: ../lake.png\n", Placeholder.PICTURE),
        ("header:\n  teaser: /img/lake.png\n", Placeholder.PICTURE),
        ("cover: [{src: /img/lake.png, alt: IMG_1}]\n", Placeholder.PICTURE),
    ],
)
def test_pictures_of_front_matter(content: Path, tmp_path: Path, fields: str, alt: str) -> None:
    """The picture at the top has many names. It is beside the text, or in the folder of all pictures."""
    old = write(tmp_path / "old", {"hugo.toml": "", "content/posts/a.md": _text("A", fields)})
    write(old, {"static/img/lake.png": picture(), "content/lake.png": picture()})
    bring(content, old)
    assert yaml.safe_load(entry(content, "articles/a").split("---\n")[1])["image"] == {"file": "lake.png", "alt": alt}


def test_front_matter_that_is_not_taken_is_told(content: Path, tmp_path: Path) -> None:
    """A sentence in a field that the draft has no place for, and a picture that has no address, are told."""
    fields = "description: A summary.\nlead: Words that stood above.\nlayout: wide page\ncover: {x: y}\n"
    report = bring(content, write(tmp_path / "old", {"a.md": _text("A", fields)}))
    details = {note.what: note.detail for note in report.outcomes[0].notes}
    assert details["a field of the front matter was left out"] == "lead: Words that stood above."
    assert "a picture of the front matter was not understood" in details


def test_a_home_page_is_called_by_its_title(content: Path, tmp_path: Path) -> None:
    """The home page has no address to take a name from."""
    files = {
        "content/_index.md": "---\ntitle: Welcome\n---\n\nWords.\n",
        "hugo.toml": 'baseURL = "https://a.example.net"',
    }
    bring(content, write(tmp_path / "old", files))
    assert aliases(content, "pages/welcome") == []


def test_links_to_the_address_of_the_configuration(content: Path, tmp_path: Path) -> None:
    """A link to the old site with its host leads to the entry. One to a page that is not here is kept and told."""
    words = "[a](https://old.example.net/b/posts/b/) [b](/posts/b/) [c](https://old.example.net/b/c/)"
    files = {"a.md": _text("A", words=words), "b.md": _text("B")}
    old = write(tmp_path / "old", {f"content/posts/{name}": text for name, text in files.items()})
    report = bring(content, write(old, {"hugo.toml": 'baseURL = "https://old.example.net/b/"'}))
    target = "{filename}/articles/b/index.md"
    assert body(content, "articles/a") == f"[a]({target}) [b]({target}) [c](https://old.example.net/b/c/)"
    assert ToDo.OLD_LINK in notes(report)


def test_links_of_jekyll(content: Path, tmp_path: Path) -> None:
    """``link`` and ``post_url`` name files: posts with another ending or in a folder, pages, and documents."""
    links = (
        "[a]({% post_url 2021-05-06-b %}) [b]({% post_url 2021-05-07-c %}) [c]({% post_url sub/2021-05-07-c %}) "
        "[d]({{ site.baseurl }}{% link docs/guide.md %}) [e]({% link _team/jo.md %}) [f]({% link files/a.pdf %})"
    )
    files: dict[str, str | bytes] = {
        "_config.yml": "baseurl: /x\n", "_posts/2020-03-01-a.md": f"---\ntitle: A\n---\n{links}\n",
        "_posts/2021-05-06-b.markdown": "---\ntitle: B\n---\nx\n",
        "_posts/sub/2021-05-07-c.md": "---\ntitle: C\n---\nx\n",
        "docs/guide.md": "---\ntitle: Guide\n---\nx\n", "_team/jo.md": "---\ntitle: Jo\n---\nx\n",
        "files/a.pdf": b"%PDF-1.7\nx",
    }  # fmt: skip
    bring(content, write(tmp_path / "old", files))
    b, c, guide, jo = ("articles/b", "articles/c", "pages/guide", "pages/jo")
    targets = ", ".join(f"{{filename}}/{path}/index.md" for path in (b, c, c, guide, jo)) + ", a.pdf"
    assert body(content, "articles/a") == " ".join(
        f"[{name}]({target})" for name, target in zip("abcdef", targets.split(", "), strict=True)
    )
    assert aliases(content, "pages/guide") == ["/x/docs/guide.html"]
    assert aliases(content, "pages/jo") == ["/x/team/jo.html"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Term\n: Meaning of *it*.\n: Another.\n\nWords.", "Term\n: Meaning of *it*.\n: Another.\n\nWords."),
        ("Term\n\n:   Meaning\n    goes on.\n\n    More.\n\nEnd.", "Term\n: Meaning goes on.\n\n    More.\n\nEnd."),
        ("One\n: a\nTwo\n: b", "One\n: a\n\nTwo\n: b"),
        ("- item\n: no term", "- item : no term"),
        ("```\na\n: b\n```", "```\na\n: b\n```"),
        ("## Part {#part .big lang=en}\n\nx", "## Part\n\nx"),
        ('A *word*{.a}, [b](https://a.example/){target="_blank" rel=x}.', "A *word*, [b](https://a.example/)."),
        ("A set {x, y} of {#n}.", "A set \\{x, y} of \\{#n}."),
        ("## Part {#part of the words}\n\nx", "## Part \\{#part of the words}\n\nx"),
        ('## Part {#part title="of the words"}\n\nx', "## Part\n\nx"),
        ("> [!NOTE]\n> Words.", "> **Note**\n>\n> Words."),
    ],
)  # fmt: skip
def test_markdown_of_other_generators(text: str, expected: str) -> None:
    """Definition lists, attributes and boxes of Goldmark, kramdown and Pandoc are understood."""
    made = converted(to_html(text))
    assert made.markdown == f"{expected}\n"
    assert made.proof.holds, made.proof


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("* TOC\n{:toc}\n\nWords.", CONTENTS_LEFT_OUT),
        ('{{% include "a.md" %}}', "a shortcode stood for something that only the old site could make"),
        ("{{< note >}}\nWords.\n{{< /note >}}", KEPT_ITS_WORDS),
    ],
)
def test_what_templates_made_is_told(text: str, what: str) -> None:
    """A table of contents, a shortcode that stands alone and one around words are told apart."""
    made, found = plain_markdown(text)
    assert [note.what for note in found] == [what]
    assert made.strip() in {"", "Words."}


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<abbr title="National Health Service">NHS</abbr>', "NHS: National Health Service"),
        ('<img src="a.jpg" alt="A lake" title="By the lake">', "A lake: By the lake"),
        ('<img src="a.jpg" alt="A lake" title="a lake">', None),
        ('<img src="a.jpg" alt="A lake" title="IMG_1234">', None),
        ('<a href="https://a.example/" title="Opens a page">x</a>', "x: Opens a page"),
    ],
)
def test_titles_that_are_left_out_are_told(html: str, told: str | None) -> None:
    """Words that show only under a mouse are not taken over. The report quotes those that the text does not say."""
    assert [note.detail for note in converted(f"<p>{html}</p>").notes] == ([told] if told else [])
