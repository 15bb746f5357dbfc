"""Test the search for a withdrawn story in files of every kind."""

from __future__ import annotations

import gzip
import html
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plugins.content_model.loader import parse_entry
from plugins.content_model.story import Story
from plugins.stories.leak_search import Search, search_for
from plugins.stories.text_extraction import readings, words
from tests.stories.telling import ADDRESS, BODY, FILE, NAME, REF, TITLE, story

SENTENCE = "Every morning I walked down to the quay and counted the gulls until somebody waved to me from a boat."
PICTURE = b"GIF89a the bytes of the picture"


def search(body: str = BODY, **changes: Any) -> Search:
    """Return the search for the consented story with ``changes``."""
    told, _ = parse_entry(story(body, **changes), FILE, Story)
    assert isinstance(told, Story)
    return search_for(told, {"stories/told/told.gif": PICTURE}, known_pictures=(), known_names=())


def found(data: str | bytes, path: str = "page/index.html", **changes: Any) -> list[str]:
    """Return the matches in one file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        return [trace.what for trace in search(**changes).traces(Path(folder), ())]


def png(**chunks: str) -> bytes:
    """Return a picture with compressed text chunks."""
    info = PngInfo()
    for key, value in chunks.items():
        info.add_text(key, value, zip=True)
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG", pnginfo=info)
    return made.getvalue()


def jpeg(**fields: object) -> bytes:
    """Return a picture with Exif fields: a title in UTF-16 and a description."""
    exif = Image.Exif()
    exif[0x010E] = fields.get("description", "")
    exif[0x9C9B] = str(fields.get("title", "")).encode("utf-16-le")
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "JPEG", exif=exif)
    return made.getvalue()


PLACES: dict[str, tuple[str, bytes]] = {
    "a page": ("a/index.html", f"<p>{SENTENCE}</p>".encode()),
    "a page with markup": ("a/index.html", SENTENCE.replace("quay", "<em>quay</em>").encode()),
    "a page over lines": ("a/index.html", SENTENCE.replace(" ", "\n  ").encode()),
    "an attribute": ("a/index.html", f'<meta content="{SENTENCE}">'.encode()),
    "entities": ("a/index.html", "".join(f"&#{ord(letter)};" for letter in SENTENCE).encode()),
    "a feed": ("feeds/a.rss.xml", f"<d>{html.escape(f'<p>{SENTENCE}</p>')}</d>".encode()),
    "a feed escaped twice": ("feeds/a.xml", html.escape(html.escape(f"<p><b>{SENTENCE}</b></p>")).encode()),
    "CDATA": ("feeds/a.xml", f"<d><![CDATA[<p>{SENTENCE}</p>]]></d>".encode()),
    "JSON": ("a.json", json.dumps({"a": [{"html": f"<p>{SENTENCE}</p>"}]}).encode()),
    "JSON in escapes": ("a.json", ("{" + '"a": "' + "".join(f"\\u{ord(c):04x}" for c in SENTENCE) + '"}').encode()),
    "lines of JSON": ("a.jsonl", (json.dumps({"a": 1}) + "\n" + json.dumps(SENTENCE)).encode()),
    "plain text": ("a.txt", SENTENCE.upper().encode()),
    "a style sheet": ("a.css", f"/* {SENTENCE} */".encode()),
    "a packed page": ("a/index.html.gz", gzip.compress(f"<p>{SENTENCE}</p>".encode())),
    "a text chunk": ("a.png", png(Description=SENTENCE)),
    "Exif": ("a.jpg", jpeg(description=SENTENCE)),
    "Exif in two bytes": ("a.jpg", jpeg(title=SENTENCE)),
    "any file": ("a.bin", b"\x00\x01\x02" + SENTENCE.encode() + b"\x00"),
    "any file in two bytes": ("a.bin", b"\x00\x00\x01" + SENTENCE.encode("utf-16-be")),
    "a hidden file": (".a", SENTENCE.encode()),
    "soft hyphens": ("a/index.html", SENTENCE.replace("morning", "mor\u00adning").encode()),
    "other quotes": ("a/index.html", SENTENCE.replace("I walked", "I&nbsp;walked").encode()),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_sentence_is_found_in_every_kind_of_file(place: str) -> None:
    """The text is found in every file format."""
    path, data = PLACES[place]
    assert any(what.startswith(("a sentence", "words of the text")) for what in found(data, path))


@pytest.mark.parametrize(
    ("words_", "what"),
    [
        (f"<li>{TITLE}</li>", "the title"),
        (f"I read {TITLE.lower()} again.", "the title"),
        (f"Thanks to {NAME} for it.", "the name shown"),
        ("Marzipanic mornings, told by the one who lived them.", "a sentence"),
        ('<img alt="A lighthouse-shaped kettle.">', "a sentence"),
        (f"record {REF}", "the reference of the consent"),
        (f'<a href="{ADDRESS}">', "the address"),
        (f'<a href="https://example.org{ADDRESS[:-1]}">', "the address"),
        (f"and {' '.join(SENTENCE.split()[4:15])} and", "words of the text"),
    ],
)
def test_each_part_of_a_story_is_looked_for(words_: str, what: str) -> None:
    """The title, name, summary, alt text, reference of the consent, address and parts of sentences are found."""
    assert [one for one in found(f"<p>{words_}</p>") if one.startswith(what)]


@pytest.mark.parametrize(
    "words_",
    [
        "Every morning I walked.", "Somebody waved.", "quillana", "<p>Zebulon</p>", "/stories/toldo/",
        "/stories/told-again/", "told", "a walk down to the quay", "mornings, told by the one",
    ],
)  # fmt: skip
def test_what_is_not_the_storys_is_let_be(words_: str) -> None:
    """A few shared words, another case of a name, and other addresses are no matches."""
    assert found(f"<p>{words_}</p>") == []


def test_its_pictures_are_found_by_their_bytes() -> None:
    """A copy of the picture is found under any name. One that another entry has may stay."""
    assert found(PICTURE, "images/other.gif") == ["the picture stories/told/told.gif"]


def test_its_name_is_found_in_the_names_of_files() -> None:
    """A picture or page named after the story is found."""
    assert found("", "images/the-red-boat-0123456789.jpg", slug="the-red-boat")
    assert found("", "x/the-red-boat/index.html", slug="the-red-boat")
    assert found("", "images/the-red-boat-again-0123456789.jpg", slug="the-red-boat") == []


@pytest.mark.parametrize("title", ["Told", "Red boat"])
def test_a_short_title_counts_where_it_stands_alone(title: str) -> None:
    """A title of one or two words is found between tags, quotes or line breaks, in any case."""
    assert found(f"<h2>{title}</h2>", title=title) == [f"the title: {title}"]
    assert found(f'{{"title": "{title}"}}', "a.json", title=title)
    assert found(f"<title>{title.upper()} – Site</title>", title=title)
    assert found(f"<p>{title} by Ash, once.</p>", title=title) == []


def test_a_title_of_common_words_counts_with_its_capitals() -> None:
    """“Back at work” is found as a title and not within a sentence."""
    assert found("<p>When you are back at work, rest.</p>", title="Back at work") == []
    assert found("<p>Read Back at work again.</p>", title="Back at work")


def test_a_name_that_only_describes_is_not_looked_for() -> None:
    """“A friend” is not searched for, and the search says so."""
    assert found("<p>A friend came.</p>", narrator={"display_name": "A friend", "display": "pseudonym"}) == []
    left_out = search(narrator={"display_name": "R.", "display": "initial"}).not_searched
    assert left_out == ("the name shown, “R.”: it could be anybody",)


def test_addresses_may_stand_where_hosts_are_told_that_they_are_gone(tmp_path: Path) -> None:
    """The allowed files may contain the address and nothing else of the story."""
    (tmp_path / "_hosts").mkdir()
    conf = tmp_path / "_hosts" / "nginx.conf"
    conf.write_text(f"location = {ADDRESS} {{ return 410; }} stories/told/index.html", encoding="utf-8")
    assert search().traces(tmp_path, ("_hosts/",)) == []
    assert search().traces(tmp_path, ())
    conf.write_text(f"# {TITLE}", encoding="utf-8")
    assert search().traces(tmp_path, ("_hosts/",))


def test_the_line_that_names_a_helpline_is_nobodys_own() -> None:
    """Text that many pages share about a contact is no match. The sentence around it is."""
    line = "[call Elm Tree Hub tonight and ask for Sammy by name please](help:elm-tree-hub)"
    body = f"If you know these mornings, you can {line}.\n"
    shared = "call Elm Tree Hub tonight and ask for Sammy by name please"
    assert found(f"<p>You can {shared}.</p>", body=body) == []
    assert found(f"<p>If you know these mornings, you can {shared}.</p>", body=body)


@given(st.data())
def test_any_sentence_in_any_dress_is_found(data: st.DataObject) -> None:
    """Any sentence of ten words is found, with any markup and escapes around its words."""
    vocabulary = st.text(st.characters(categories=("Ll", "Lu"), max_codepoint=0x24F), min_size=2, max_size=9)
    told = data.draw(st.lists(vocabulary, min_size=12, max_size=16))
    sentence = " ".join(told)
    if len(words(sentence)) != len(told):
        return
    between = data.draw(st.sampled_from([" ", "\n", "&nbsp;", "</em> ", " <b>", "&#8203; ", ", ", " – "]))
    dressed = html.escape(sentence).replace(" ", between)
    wrapped = data.draw(
        st.sampled_from(
            [
                f"<p>{dressed}</p>",
                html.escape(f"<p>{dressed}</p>"),
                json.dumps({"text": f"<p>{dressed}</p>"}),
                json.dumps([dressed], ensure_ascii=False),
            ]
        )
    )
    assert found(wrapped, "a.json" if wrapped.startswith(("{", "[")) else "a.html", body=f"{sentence}.\n")


@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.json", "a.png", "a.jpg", "a.gz", "a.bin", "a.xml"]))
def test_any_bytes_can_be_read(data: bytes, path: str) -> None:
    """No file stops the search, however broken it is."""
    for _ in readings(data, path):
        pass
    for _ in readings(b"\x1f\x8b" + data, path):
        pass
    for _ in readings(png(a="b")[:60] + data, "a.png"):
        pass
