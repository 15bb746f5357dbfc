"""Test that `inv check` and `inv build` find the same errors at the same positions in any content."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, field

from plugins.authoring.check.command import problems_in
from plugins.base.problem import Severity
from plugins.content_model.article import Article
from plugins.content_model.page import Page
from tests.examples import examples
from tests.images.making import camera, picture
from tests.sites.building import AS_OF, run_here
from tests.sites.writing import fields, text, write
from tests.stories.telling import BODY, REF, front_matter, site, story

#: A day in a private field of the story and in no other place.
_PRIVATE_DAY = "3 February 2026"


class Written(Struct, frozen=True):
    """Content besides the small site.

    Attributes:
        article: changed fields of a valid article.
        body: its text.
        page: the same of a page.
        files: other files, by path.
        private: values in the front matter of a story that must not be published.
    """

    article: Mapping[str, Any] = field(default_factory=dict)
    body: str = "Some text.\n"
    page: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)

    def content(self, root: Path) -> Path:
        """Write everything below ``root`` and return the content folder."""
        content = site(root, text(front_matter(**self.private), BODY) if self.private else story())
        write(content, {
            "articles/odd/index.md": text(fields(Article, "odd", **self.article), self.body),
            "pages/odd-page/index.md": text(fields(Page, "odd-page", **self.page)),
            **self.files,
        })  # fmt: skip
        return content


# fmt: off
_ODD: st.SearchStrategy[Any] = st.sampled_from((
    "", " ", "0", "-", "~", "null", "https://a.example/x.png", "http://localhost/", "//a.example", "a.b.c",
    "/help/", "&amp;", "&#x3C;", "<b>a</b>", "<script src=//a.example></script>", "javascript:alert(1)", "\u00a0",
    "\u200b", "é" * 70, "x" * 300, "\u202e", "\ufffd", "020 8191 9191", "a@a.example", REF, _PRIVATE_DAY,
    "help:none", "{filename}/x.md", "Ada Lovelace", "—", "“", "%2f", "..", "a/b", "A", "404", "search",
    "2026-02-30",
)) | st.integers(-1, 3) | st.booleans() | st.none() | st.just([]) | st.just({}) | st.text(max_size=6)
_ADDRESSES = st.sampled_from((
    "/search/", "/articles/", "/articles/odd/", "/stories/told/", "/feeds/all.xml", "/feeds/", "/handbook/",
    "/404.html", "/privacy-receipt/", "/robots.txt", "/index.html", "/", "/old", "/old/", "/OLD/",
    "/old/index.html", "/a/../b/", "/%61/", "/theme/x/", "/images/x.jpg", "/search/index-0.json", "/topics/a-z/",
    "/old?x=1", "/old#x", "old", "//a.example/", "/sitemap.xml", "/.well-known/x", "/_hosts/x", "/people/",
    "/charter/", "/help/", "/subscribe/", "/social/site.png",
))
_SLUGS = st.sampled_from((
    "odd", "search", "articles", "help", "handbook", "feeds", "theme", "images", "topics", "subscribe",
    "privacy-receipt", "charter", "people", "a", "404", "sitemap", "odd-page", "x" * 200,
))
_LINES = st.sampled_from((
    "Words.", "", "# A", "## B", "#### D", "- a", "  - b", "1. c", "> q", "    code", "```", "***", "| a | b |",
    "|---|---|", "![x](a.jpg)", "![](none.jpg)", "![x](https://a.example/a.png)", "[a](https://a.example)",
    "[a](http://127.0.0.1/)", "[a](help:none)", "[a](help:samaritans)", "[a](javascript:x)", "[a](/nowhere/)",
    "[a]({filename}/articles/odd/index.md)", "[a]({static}a.jpg)", "<img src=https://a.example/a.png>",
    "<script>x</script>", "<iframe src='//a.example'></iframe>", "<style>@import url(//a.example)</style>",
    "<!-- note -->", "/// quote | A", "/// help", "///", "/// none", "[^1]", "[^1]: A note.", "*[HTML]: x",
    "020 8191 9191", "a@a.example", REF, _PRIVATE_DAY, "\u200b", "&nbsp;", "&#0;", "\\", "$$x$$",
    "http://a.example/a.css", "@import 'https://a.example'", "url(https://a.example/x)", "<svg onload=x>", "]]>",
    "<?xml?>",
))
# fmt: on
_PICTURES = st.sampled_from(
    (camera(), camera()[:-700], picture(), b"", b"no picture", b"<svg xmlns='a'/>", b"\xff\xd8\xff")
)
_FIELDS = st.dictionaries(
    st.sampled_from((
        "title", "summary", "status", "published", "updated", "author", "topics", "kind", "medical", "expires",
        "review_due", "reviewed_on", "content_notes", "sources", "exit_link", "safety_declined", "id", "none",
    )),
    _ODD, max_size=2,
)  # fmt: skip
_PLACES = st.fixed_dictionaries(
    {}, optional={"slug": _SLUGS, "aliases": st.lists(_ADDRESSES, max_size=2)},
)  # fmt: skip
_IMAGE = st.fixed_dictionaries(
    {}, optional={"image": st.fixed_dictionaries({"file": st.sampled_from(("a.jpg", "b.png", "none")), "alt": _ODD})},
)  # fmt: skip
_REGISTERS = st.tuples(st.sampled_from(("glossary", "withdrawn", "topics", "language")), _ODD).map(
    lambda drawn: {f"register/{drawn[0]}.yaml": f"- {text({'x': drawn[1]}, '')[4:-5]}"}
)
_PICTURE_FILES = st.dictionaries(st.sampled_from(("articles/odd/a.jpg", "articles/odd/b.png")), _PICTURES)
_CONSENT = st.dictionaries(st.sampled_from(("title", "summary", "consent", "narrator")), _ODD, max_size=1)


def _sometimes(odd: st.SearchStrategy[Any], sound: Any) -> st.SearchStrategy[Any]:
    """Draw a valid value two times of three, because only a site without errors has files to compare."""
    return st.just(sound) | st.just(sound) | odd


_WRITTEN = st.builds(
    Written,
    st.tuples(_sometimes(_FIELDS, {}), _sometimes(_PLACES, {}), _sometimes(_IMAGE, {})).map(
        lambda parts: parts[0] | parts[1] | parts[2]
    ),
    st.lists(_LINES | st.text(max_size=8), max_size=3).map("\n\n".join),
    st.tuples(_sometimes(_FIELDS, {}), _sometimes(_PLACES, {})).map(lambda parts: parts[0] | parts[1]),
    _PICTURE_FILES.flatmap(lambda files: _sometimes(_REGISTERS, {}).map(lambda more: {**files, **more})),
    _sometimes(_CONSENT, {}),
)
_Error = tuple[str, int, str]


def verdicts(written: Written) -> tuple[set[_Error], set[_Error]]:
    """Return the errors of a build of ``written`` and those of a check; the build's status matches its errors."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        content = written.content(root)
        done = run_here(content, root / "output", CACHE_PATH=str(root / "cache"))
        built = {(one.path, one.line, one.name) for one in done.problems(content) if one.severity == "error"}
        assert done.status == int(bool(built)), done.stderr
        assert (root / "output").exists() == (not built)
        found = problems_in(content, as_of=AS_OF, cache=str(root / "checked"))
    return built, {(one.path, one.position.line, one.name) for one in found if one.severity is Severity.ERROR}


#: Problems of output files, and of pages without an entry.
@pytest.mark.parametrize(
    ("written", "name"),
    [
        (Written(body=f"The number is {REF}.\n"), "private-value-published"),
        (Written(page={"title": f"About {REF}"}), "private-value-published"),
        (Written(article={"aliases": ["/search/"]}), "address-claimed-twice"),
        (Written(page={"slug": "search"}), "address-claimed-twice"),
        (Written(page={"aliases": ["/feeds/all.json/old/"]}), "address-claimed-twice"),
    ],
    ids=["private-number", "private-number-in-a-title", "alias-of-the-search", "page-at-the-search", "below-a-feed"],
)
def test_a_check_finds_problems_of_output(written: Written, name: str) -> None:
    """A private value in a page and a wrong address of a page without an entry stop build and check."""
    built, checked = verdicts(written)
    assert name in {one[2] for one in built}
    assert checked == built


@settings(max_examples=examples(80))
@given(_WRITTEN)
def test_a_check_finds_whatever_stops_a_build(written: Written) -> None:
    """Build and check agree on any fields, texts, pictures, addresses and registers."""
    built, checked = verdicts(written)
    assert checked == built
