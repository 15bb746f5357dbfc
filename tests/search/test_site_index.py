"""The index of real sites: what a search can find, and what none may."""

from __future__ import annotations

import gzip
import json
from typing import Any

import yaml

from plugins.search.tokenizer import stem, words
from tests.search.unpacking import unpacked
from tests.sites.building import CONTENT, Built

_LIMIT = 60_000


def index_of(site: Built) -> tuple[bytes, dict[str, Any]]:
    """The module of the index of ``site``, and what it gives."""
    search = site.page("/search/").select_one("search")
    assert search is not None
    data = (site.output / str(search["data-index"]).removeprefix(site.root).lstrip("/")).read_bytes()
    return data, json.loads(data.decode().removeprefix("export default "))


def found(site: Built, word: str) -> set[str]:
    """The addresses of pages, and the ids of contacts, whose text, summary or headings hold ``word``."""
    _, told = index_of(site)
    first_contact = len(told["pages"]) - len(told["contacts"])
    pages = [page for page, _ in unpacked(told["words"]).get(stem(word), [])]
    return {
        told["pages"][page][1] if page < first_contact else told["contacts"][page - first_contact] for page in pages
    }


def test_every_contact_can_be_found(real: Built) -> None:
    """The index has each help contact by name, in the order of the register."""
    _, told = index_of(real)
    register = yaml.safe_load((CONTENT / "register" / "help.yaml").read_text(encoding="utf-8"))
    assert told["contacts"] == [contact["id"] for contact in register]
    assert [page[0] for page in told["pages"][-len(register) :]] == [contact["name"] for contact in register]


def test_a_story_without_the_scope_is_nowhere(full: Built) -> None:
    """No file of the search holds the title, the address or a word of a story that searches may not find."""
    told = b"".join(file.read_bytes() for file in (full.output / "search").rglob("*") if file.is_file())
    assert b"web-only" not in told
    for word in words("WEB-ONLY-STORY-9W"):
        if word not in {"web", "only", "story"}:
            assert "/stories/web-only/" not in found(full, word)
            assert word.encode() not in told


def test_the_whole_search_is_small(real: Built) -> None:
    """Index and script are one file each, and together at most half of what the index alone may be."""
    data, told = index_of(real)
    (script,) = (real.output / "theme").glob("search-box-*.js")
    assert told["parts"] == []
    assert sum(len(gzip.compress(file, 9)) for file in (data, script.read_bytes())) <= _LIMIT // 2


def test_a_card_for_anybody_stands_without_scripts(real: Built, registers_only: Built) -> None:
    """For readers without scripts the page holds the general card: 999 first."""
    for site in (real, registers_only):
        links = site.page("/search/").select("noscript .help-card a")
        assert [str(link["href"]).split(":")[0] for link in links][:1] == ["tel"]
        assert links[0]["href"] == "tel:999"


def test_no_form_and_no_address_takes_what_is_typed(real: Built) -> None:
    """The field has no name and stands in no form, so that nothing can put its words into an address."""
    page = real.page("/search/")
    field = page.select_one("#_search")
    assert field is not None
    assert not field.has_attr("name")
    assert field["autocomplete"] == "off"
    assert field.find_parent("form") is None
    (script,) = (real.output / "theme").glob("search-box-*.js")
    for way in ("location", "history", "localStorage", "sessionStorage", "cookie", "fetch(", "sendBeacon", "XMLHttp"):
        assert way not in script.read_text(encoding="utf-8")
