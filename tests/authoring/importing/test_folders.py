"""Test the import of Markdown folders of Hugo, Jekyll, Pelican and Eleventy."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.importing.foreign_front_matter import FrontMatterError, split_front_matter
from plugins.authoring.importing.generator_text import plain_markdown
from plugins.authoring.importing.item import CONTENTS_LEFT_OUT, KEPT_ITS_WORDS
from plugins.authoring.importing.markdown_html import to_html
from tests.authoring.importing.world import actions, aliases, body, bring, converted, entry, notes, picture, report_data
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
        ("---\rtitle: x\r---\rbody", {"title": "x"}, "body"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Term\n: Meaning of *it*.\n: Another.\n\nWords.", "Term\n: Meaning of *it*.\n: Another.\n\nWords."),
        ("Term\n\n:   Meaning\n    goes on.\n\n    More.\n\nEnd.", "Term\n: Meaning goes on.\n\n    More.\n\nEnd."),
        ("One\n: a\nTwo\n: b", "One\n: a\n\nTwo\n: b"),
        ("One\r: a\rTwo\r: b", "One\n: a\n\nTwo\n: b"),
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
