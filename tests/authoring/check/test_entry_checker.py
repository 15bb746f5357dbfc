"""Test the problems that only ``inv check`` reports: position, message and fix of each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.check.command import check, problems_in
from plugins.base.problem import Severity
from tests.authoring.check.world import BODY, Bad, content, page
from tests.sites.building import AS_OF
from tests.sites.test_invalid import names_in_code

LONG = "One two three four five six seven eight nine ten one two three four five six seven eight nine ten one."
HARD = (
    "Organisational considerations necessitate interdisciplinary collaboration between professionals. "
    "Administrative responsibilities unfortunately complicate communication considerably. "
    "Participants' circumstances vary enormously, and institutional arrangements inevitably reflect historical "
    "peculiarities. Individualised programmes accommodate everybody's requirements satisfactorily. "
    "Regulatory authorities periodically investigate irregularities. Consequently documentation accumulates "
    "exponentially, particularly regarding accountability."
)
BAD = [
    Bad("american-spelling", "The color is pale.\n", 1, 5, "“color” is spelt as in America", "The colour is pale.\n"),
    Bad("american-spelling", "We [realize](https://a.example/color) it.\n", 1, 5, "“realize”",
        "We [realise](https://a.example/color) it.\n"),
    Bad("misspelling", "We like teh sea.\n", 1, 9, "“teh” looks like a slip"),
    Bad("long-sentence", f"Short. {LONG}\n", 1, 8, "has 21 words"),
    Bad("hard-passage", f"{HARD}\n", 1, 1, "reading age"),
    Bad("words-about-people", "Help for an addict.\n", 1, 13, "“addict”"),
    Bad("words-about-people", "Many drug\naddicts wait.\n", 1, 6, "“drug addicts”"),
    Bad("unclear-link", "For help, [click here](https://a.example/).\n", 1, 12, "“click here”"),
    Bad("unclear-link", "[**Read more**](https://a.example/)\n", 1, 2, "“Read more”"),
    Bad("bare-address", "See https://a.example/page.\n", 1, 5, "`https://a.example/page`"),
    Bad("bare-address", "See <https://a.example/page>.\n", 1, 6, "`https://a.example/page`"),
    Bad("bare-address", "See [www.a.example](https://www.a.example/).\n", 1, 6, "`www.a.example`"),
    Bad("list-without-gap", "What helps:\n- tea\n- milk\n", 2, 1, "straight after", "What helps:\n\n- tea\n- milk\n"),
    Bad("shallow-list", "- tea\n  - green\n  - black\n- milk\n", 2, 3, "by 2 spaces",
        "- tea\n    - green\n    - black\n- milk\n"),
    Bad("shallow-list", "1. tea\n   - green\n\n     More of it.\n", 2, 4, "by 3 spaces",
        "1. tea\n    - green\n\n        More of it.\n"),
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.name}: {bad.body[:20]!r}")
def test_a_mistake_is_reported_at_its_position(bad: Bad, tmp_path: Path) -> None:
    """A mistake in a text has line, column and message, and is no error."""
    found = [
        problem for problem in problems_in(content(tmp_path, page(bad.body)), as_of=AS_OF) if problem.name == bad.name
    ]
    assert found
    assert (found[0].position.line, found[0].position.column) == (BODY + bad.line, bad.column)
    assert bad.message in found[0].message
    assert found[0].hint
    assert found[0].severity is not Severity.ERROR


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.mended], ids=lambda bad: f"{bad.name}: {bad.body[:20]!r}")
def test_fixed_text_passes(bad: Bad, tmp_path: Path) -> None:
    """``--fix`` writes the meant text, and the check then reports nothing."""
    folder = content(tmp_path, page(bad.body))
    check(fix=True, yes=True, content=str(folder), as_of=AS_OF)
    assert (folder / "pages/a/index.md").read_text(encoding="utf-8") == page(bad.mended or "")
    assert bad.name not in {problem.name for problem in problems_in(folder, as_of=AS_OF)}


FILES = {
    "broken-fence": (page("Text.\n").replace("---\n\n", "–––\n\n"), 7, 1, page("Text.\n")),
    "text-before-fence": ("\n\n" + page("Text.\n"), 1, 1, page("Text.\n")),
    "curly-quotes": (
        page("Text.\n").replace("A title", "“A title”"), 3, 8, page("Text.\n").replace("A title", '"A title"')
    ),
    "unknown-field": (page("Text.\n").replace("title:", "“title”:"), 3, 1, page("Text.\n")),
    "tab-indent": (
        page("Text.\n", "sources:\n\t- title: T\n\t  publisher: P\n\t  url: https://a.example/\n"), 8, 1,
        page("Text.\n", "sources:\n  - title: T\n    publisher: P\n    url: https://a.example/\n"),
    ),
    "colon-in-text": (
        page("Text.\n").replace("A title", "Tea: a talk"), 3, 11, page("Text.\n").replace("A title", '"Tea: a talk"')
    ),
    "foreign-bullet": (page("• tea\n"), BODY + 1, 1, page("- tea\n")),
    "foreign-bullet of Word": (
        page("– tea that is\n  warm\n– milk\n"), BODY + 1, 1, page("- tea that is\n  warm\n- milk\n")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_fixable_mistake_is_fixed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fixable mistake is reported at its position, shown as a diff, and gone after ``--fix``."""
    before, line, column, after = FILES[name]
    folder = content(tmp_path, before)
    told = [problem for problem in problems_in(folder, as_of=AS_OF) if problem.name == name.partition(" ")[0]]
    places = {(problem.position.line, problem.position.column) for problem in told}
    assert (line, column) in places
    check(fix=True, yes=True, content=str(folder), as_of=AS_OF)
    assert (folder / "pages/a/index.md").read_text(encoding="utf-8") == after
    assert "+++" in capsys.readouterr().err


PICTURES = {
    "alt-says-picture": ('"A photo of the sea."', 9, 9, "“A photo of”"),
    "alt-is-file-name": ("IMG_1234.jpg", 9, 8, "`IMG_1234.jpg`"),
    "alt-by-program": ("A dog. Description automatically generated", 9, 8, "a program described"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_an_uninformative_alt_text_is_reported(name: str, tmp_path: Path) -> None:
    """An alt text in the front matter or the text that does not describe the picture is reported."""
    alt, line, column, message = PICTURES[name]
    body = f"![{alt.strip(chr(34))}](a.jpg)\n"
    found = problems_in(content(tmp_path, page(body, f"image:\n  file: a.jpg\n  alt: {alt}\n")), as_of=AS_OF)
    told = [problem for problem in found if problem.name == name]
    assert [(problem.position.line, problem.position.column) for problem in told] == [(line, column), (12, 3)]
    assert all(message in problem.message for problem in told)


@pytest.mark.parametrize(
    "body",
    [
        "`color` and\n\n```\nteh\n```\n",
        "> The color of an addict.\n",
        "/// quote | Somebody\nAn addict in color.\n///\n",
        "She said, “I am an addict.”\n",
        "He met Drug Addicts Anonymous.\n",
        "Alcoholic drinks are sold here.\n",
        f"- {LONG}\n",
        f"## {LONG}\n",
        "We like Recieve.\n",
        "[words](https://a.example/teh)\n",
        "Dr. Smith came at 5 p.m. on Monday. A. B. Jones left.\n",
        "- tea\n    - green\n",
    ],
)  # fmt: skip
def test_valid_text_has_no_findings(body: str, tmp_path: Path) -> None:
    """Code, addresses, quotations, names, list items and words of the register have no findings."""
    found = problems_in(content(tmp_path, page(body)), as_of=AS_OF)
    assert not [problem for problem in found if problem.path.startswith("pages/")]


def test_every_kind_has_a_row() -> None:
    """Each name of a problem of checks is in one of the tables."""
    shown = {bad.name for bad in BAD} | FILES.keys() | PICTURES.keys()
    assert names_in_code("authoring/check") <= shown
