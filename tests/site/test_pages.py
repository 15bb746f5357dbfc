"""Test the rules for every page of every built site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import html5lib
import phonenumbers
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from PIL import Image

from tests.sites.building import CONTENT, ROOT, SITES, Built

#: Pages for staff, which no release contains.
HANDBOOK = "handbook/"
_EVENTS = ("onclick", "onload", "onerror", "onsubmit", "onfocus", "onmouseover")


def pages(site: Built) -> list[tuple[str, BeautifulSoup]]:
    """Yield every page of the site with its file."""
    return [(path, site.page(f"/{path}")) for path in site.html_files()]


def one(page: BeautifulSoup, selector: str) -> Tag:
    """Return the only element that matches ``selector``."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def test_html_has_no_error(built: Built) -> None:
    """A strict parser finds no error in any page, redirect pages included."""
    for path in built.files():
        if path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(built.text(path))


def test_a_page_has_language_heading_title_and_canonical(built: Built) -> None:
    """Each page has a language, one level-one heading, a unique title and its canonical address."""
    titles: dict[str, str] = {}
    for path, page in pages(built):
        assert one(page, "html")["lang"] == "en-GB"
        assert one(page, "h1").get_text(strip=True), path
        title = one(page, "head > title").get_text()
        assert title.strip()
        assert title not in titles, f"{path} and {titles.get(title)} are both called {title}"
        titles[title] = path
        assert one(page, 'link[rel="canonical"]')["href"] == f"{built.url}/{path.removesuffix('index.html')}"
        assert one(page, 'meta[name="viewport"]')["content"] == "width=device-width, initial-scale=1"
        assert page.select_one('meta[charset="utf-8" i]')
        # Without this, phones turn other numbers into links to call.
        assert one(page, 'meta[name="format-detection"]')["content"] == "telephone=no", path


def test_a_page_has_a_description(real: Built) -> None:
    """Each page of the site itself, except that for 404, has a description."""
    for path, page in pages(real):
        assert one(page, 'meta[name="description"]')["content"] or path == "404.html", path


def test_the_skip_link_comes_first(built: Built) -> None:
    """The first focusable element of each page leads to the main element."""
    for path, page in pages(built):
        first = page.select("a[href], button, input, [tabindex]")[0]
        main = one(page, "main")
        assert first.name == "a", path
        assert first["href"] == f"#{main['id']}"
        assert main["tabindex"] == "-1"


def test_landmarks(built: Built) -> None:
    """Each page has one banner, one main element and one footer, and its navigations have different names."""
    for path, page in pages(built):
        body = one(page, "body")
        assert len(body.find_all("header", recursive=False)) == 1, path
        assert len(body.find_all("footer", recursive=False)) == 1, path
        names = [
            nav.get("aria-label") or one(page, f"#{nav['aria-labelledby']}").get_text(strip=True)
            for nav in page.find_all("nav")
        ]
        assert all(names)
        assert len(set(names)) == len(names), path


def test_headings_do_not_skip_a_level(built: Built) -> None:
    """The first heading is the title, and no heading is more than one level below the one before it."""
    for path, page in pages(built):
        levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels[0] == 1
        for before, level in pairwise(levels):
            assert 1 < level <= before + 1, f"{path}: {levels}"


def test_nothing_is_inline(built: Built) -> None:
    """No page has inline scripts or handlers, or a style outside its head, so that a strict policy fits."""
    for path, page in pages(built):
        assert not page.find_all(["iframe", "object", "embed", "form", "base"]), path
        assert len(page.find_all("style")) == len(page.select("head > style")) == 1, path
        for script in page.find_all("script"):
            if script.get("type") == "application/ld+json":
                json.loads(str(script.string))
            else:
                assert script["type"] == "module"
                assert built.has(str(script["src"]).removeprefix(built.root))
                assert not script.string
        for element in page.find_all():
            handlers = [name for name in element.attrs if name == "style" or name.startswith("on")]
            assert not handlers, f"{path}: {element.name} {handlers}"
            assert "javascript:" not in "".join(map(str, element.attrs.values())), f"{path}: {element.name}"


def test_pictures(built: Built) -> None:
    """Every picture has an alt text, empty only on purpose, and the dimensions of its file."""
    for path, page in pages(built):
        for image in page.find_all("img"):
            assert image.has_attr("alt"), f"{path}: {image}"
            file = built.output / str(image["src"]).removeprefix(f"{built.root}/")
            assert file.is_file()
            if file.suffix != ".svg":
                with Image.open(file) as measured:
                    assert (str(image["width"]), str(image["height"])) == tuple(map(str, measured.size)), path
            assert int(str(image["width"])) > 0
            assert int(str(image["height"])) > 0


def offered(element: Tag) -> Iterator[str]:
    """Return the addresses in ``src`` and ``srcset`` of an element."""
    if element.has_attr("src"):
        yield str(element["src"])
    if element.has_attr("srcset"):
        yield from (candidate.split()[0] for candidate in str(element["srcset"]).split(","))


def test_pictures_and_pages_match(built: Built) -> None:
    """Every picture file is used by a page, and every picture that a page uses exists."""
    shown = {
        address.removeprefix(f"{built.root}/")
        for _, page in pages(built)
        for element in page.find_all(["img", "source"])
        for address in offered(element)
    }
    files = set(built.files())
    assert {path for path in files if path.startswith("images/")} <= shown <= files


def test_every_picture_comes_in_three_formats(built: Built) -> None:
    """Each picture of the content has AVIF and WebP sources before the fallback, with the widths of their files."""
    for path, page in pages(built):
        # No release has the screenshots of the handbook.
        for image in page.select("main img:not([src*='/handbook/screenshots/'])"):
            holder = image.parent
            assert holder is not None
            assert holder.name == "picture", path
            assert [source["type"] for source in holder.find_all("source")] == ["image/avif", "image/webp"], path
            for element in holder.find_all(["source", "img"]):
                assert element["sizes"], path
                for candidate in str(element["srcset"]).split(","):
                    address, width = candidate.split()
                    with Image.open(built.output / address.removeprefix(f"{built.root}/")) as measured:
                        assert f"{measured.width}w" == width, path


def test_social_cards_show_no_story(built: Built) -> None:
    """Every page has a social card. The card of a story is that of its section, so that sharing identifies nobody."""
    shared = [(path, page) for path, page in pages(built) if page.select('meta[property="og:type"]')]
    assert {path for path, _ in pages(built)} - {path for path, _ in shared} <= {"stories/web-only/index.html"}
    cards = {path: str(one(page, 'meta[property="og:image"]')["content"]) for path, page in shared}
    assert all(built.has(card.removeprefix(built.url)) for card in cards.values())
    assert len({card for path, card in cards.items() if path.startswith("stories/")}) == 1
    for path, page in shared:
        if path.startswith("stories/"):
            assert str(one(page, 'meta[property="og:image:alt"]')["content"]).startswith("Stories – ")


def test_search_lists_every_page(built: Built) -> None:
    """Without scripts, the search page links to every entry and topic that a search may find."""
    listed = {str(link["href"]) for link in built.page("/search/").select("search a[href]")}
    for path, page in pages(built):
        address = f"{built.root}/{path.removesuffix('index.html')}"
        section, *below = path.split("/")
        # Lists have more pages below them: later pages, and the filters of stories.
        if section in {"articles", "stories", "commitments", "topics", "people"} and len(below) == 2:
            hidden = section == "stories" and bool(page.select('meta[name="robots"]'))
            assert (address in listed) != hidden, path


def test_ids_are_unique(built: Built) -> None:
    """Ids are unique within a page, and every reference to an id in the page resolves."""
    for path, page in pages(built):
        ids = [str(element["id"]) for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), f"{path}: {sorted(one for one in ids if ids.count(one) > 1)}"
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for element in page.select(f"[{name}]"):
                assert set(str(element[name]).split()) <= set(ids), f"{path}: {element}"


def test_links_have_names(built: Built) -> None:
    """Every link has an accessible name, and links with one name in one page have one address."""
    for path, page in pages(built):
        targets: dict[str, str] = {}
        for link in page.find("main").find_all("a", href=True):  # type: ignore[union-attr]
            words = " ".join(link.get_text().split()) or " ".join(str(i["alt"]) for i in link.find_all("img"))
            assert words or link.get("aria-label"), f"{path}: {link}"
            if words.startswith("Read more"):
                assert len(words) > len("Read more"), f"{path}: of what?"
                assert targets.setdefault(words, str(link["href"])) == link["href"], f"{path}: {words}"


def test_help_is_one_link_away(built: Built) -> None:
    """Every page has a link to help near its top."""
    help_pages = {f"{built.root}/help/"}
    for path, page in pages(built):
        header = one(page, "body > header")
        # On the help page itself the link leads to its first contact.
        assert {str(link["href"]) for link in header.find_all("a", href=True)} & (help_pages | {"#help-now"}), path


@pytest.mark.parametrize("name", ["real", "full"])
def test_phone_numbers_are_in_the_register(name: str, request: pytest.FixtureRequest) -> None:
    """Every phone number in a page, as text or as a link, is in the help register."""
    site: Built = request.getfixturevalue(name)
    folder = CONTENT if name == "real" else SITES / "full"
    register = yaml.safe_load((folder / "register" / "help.yaml").read_text(encoding="utf-8"))
    texts = [contact["text"]["number"] for contact in register if contact.get("text")]
    numbers = {number.replace(" ", "") for number in (*(str(c["number"]) for c in register if c.get("number")), *texts)}
    whole = {
        phonenumbers.format_number(phonenumbers.parse(number, "GB"), phonenumbers.PhoneNumberFormat.E164)
        for number in numbers
    }
    for path, page in pages(site):
        if path.startswith(HANDBOOK):  # its examples of mistakes have invented numbers
            continue
        for match in phonenumbers.PhoneNumberMatcher(page.get_text(" "), "GB"):
            assert phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164) in whole, (
                f"{path}: {match}"
            )
        for link in page.select('a[href^="tel:"], a[href^="sms:"]'):
            dialled = str(link["href"]).partition(":")[2].partition("?")[0]
            # A message that a reader sends on has no number yet.
            assert not dialled or dialled in numbers | whole, f"{path}: {link}"


def test_texts_have_no_phone_numbers() -> None:
    """No text of the site contains a phone number or an e-mail address. Only the help register does."""
    for file in CONTENT.rglob("*"):
        if file.suffix in {".md", ".yaml"} and file.name != "help.yaml":
            text = file.read_text(encoding="utf-8")
            plain = "\n".join(line for line in text.splitlines() if "http" not in line and not line.startswith("id:"))
            matches = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(plain, "GB")]
            assert not matches, f"{file.relative_to(ROOT)}: {matches}"
            assert "@" not in plain, file.relative_to(ROOT)


def test_noindex_pages(built: Built) -> None:
    """Only the 404 page, the search, pages for staff, and pages that show an unlisted story are noindex."""
    for path, page in pages(built):
        asks = page.select_one('meta[name="robots"][content*="noindex"]') is not None
        apart = path in {"404.html", "search/index.html"} or path.startswith(HANDBOOK)
        hidden = apart or "/stories/web-only/" in built.text(path)
        assert asks == hidden, path


def test_feeds_are_announced(built: Built) -> None:
    """Every page has links to the feeds of the whole site, and each linked feed exists."""
    for path, page in pages(built):
        feeds = [str(link["href"]) for link in page.select('link[rel="alternate"]')]
        assert feeds, path
        assert all(built.has(feed.removeprefix(built.root)) for feed in feeds)


def test_no_event_handler_in_any_file(built: Built) -> None:
    """No file that a browser can show contains an event handler."""
    for path in built.files():
        if path.endswith((".html", ".svg", ".xml")):
            assert not [name for name in _EVENTS if f" {name}=" in built.text(path)], path
