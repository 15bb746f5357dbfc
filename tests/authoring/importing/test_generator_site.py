"""Test what an import reads of the configuration and the front matter of Hugo and Jekyll."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.importing.to_dos import ToDo
from plugins.content_model.placeholders import Placeholder
from tests.authoring.importing.world import aliases, body, bring, entry, front_matter, notes, picture
from tests.sites.writing import write


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
        ({"hugo.toml": "uglyURLs = true"}, "posts/a.md", "", "/posts/a.html"),
        ({"hugo.toml": "uglyURLs = true"}, "posts/a/index.md", "", "/posts/a.html"),
        ({"hugo.toml": "[uglyURLs]\nposts = true"}, "posts/a.md", "", "/posts/a.html"),
        ({"hugo.toml": "[uglyURLs]\nnews = true"}, "posts/a.md", "", "/posts/a/"),
        (
            {"hugo.toml": 'uglyURLs = true\n[permalinks]\nposts = "/:year/:slug/"'},
            "posts/a.md", "", "/2020/tea-talk.html",
        ),
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


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("AUTHOR = 'x'", "/a.html"),
        ("ARTICLE_URL = 'posts/{date:%Y}/{date:%m}/{slug}/'", "/posts/2020/03/a/"),
        ("ARTICLE_URL = '{category}/{slug}.html'", "/news/a.html"),
        ("ARTICLE_URL = '{author}/{slug}/'", "/a.html"),
        ("SITEURL = 'https://a.example.net/b'\nARTICLE_URL = '{slug}/'", "/b/a/"),
        ("import os\nARTICLE_URL = os.environ['X']", "/a.html"),
    ],
)
def test_old_addresses_of_pelican(content: Path, tmp_path: Path, config: str, expected: str) -> None:
    """The pattern of articles and the address of the site are read from the settings, which are not run."""
    text = "Title: Tea & talk\nDate: 2020-03-04\nSlug: a\nCategory: News\n\nWords.\n"
    bring(content, write(tmp_path / "old", {"pelicanconf.py": config, "content/a.md": text}))
    (made,) = (content / "articles").iterdir()
    assert aliases(content, f"articles/{made.name}") == [expected]


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
    assert front_matter(content, "articles/a")["image"] == {"file": "lake.png", "alt": alt}


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
