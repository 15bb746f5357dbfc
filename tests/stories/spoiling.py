"""Stories that lack one requirement each, with the expected effect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.sites.building import Run, run_here
from tests.sites.writing import text
from tests.stories.outputs import for_searches, holding, in_feeds, in_social_cards, with_picture
from tests.stories.telling import ADDRESS, approved, front_matter, site

PAGE = f"{ADDRESS.strip('/')}/index.html"
Front = dict[str, Any]


class Spoiling(Struct, frozen=True):
    """A requirement that is removed from a story, and the expected effect.

    Attributes:
        name: the name of the test.
        spoil: changes the front matter, before or after the approval.
        stops: the names of problems of which one must stop the build, or none if the story is only left out somewhere.
        where: returns what shows of the story in that place.
        approve_first: True to change a story that is already approved.
        release: True to build a release.
    """

    name: str
    spoil: Callable[[Front], Front]
    stops: tuple[str, ...] = ()
    where: Callable[[Path], set[str]] = holding
    approve_first: bool = True
    release: bool = False


def without(*path: str) -> Callable[[Front], Front]:
    """Remove a field."""

    def spoil(front: Front) -> Front:
        if len(path) == 1:
            return {key: value for key, value in front.items() if key != path[0]}
        return {**front, path[0]: without(*path[1:])(front[path[0]])}

    return spoil


def having(value: object, *path: str) -> Callable[[Front], Front]:
    """Set a field to another value."""

    def spoil(front: Front) -> Front:
        inner = value if len(path) == 1 else having(value, *path[1:])(front[path[0]])
        return {**front, path[0]: inner}

    return spoil


def scope(*left: str) -> Callable[[Front], Front]:
    """Leave only these places in the scope of the consent."""
    return having(list(left), "consent", "scope")


def renaming(*path: str) -> Callable[[Front], Front]:
    """Misspell the name of a field."""

    def spoil(front: Front) -> Front:
        if len(path) > 1:
            return {**front, path[0]: renaming(*path[1:])(front[path[0]])}
        return {f"{key}x" if key == path[0] else key: value for key, value in front.items()}

    return spoil


def _tomorrow(*path: str) -> Callable[[Front], Front]:
    return having("2026-11-24", *path)


def _long_ago(front: Front) -> Front:
    return having("2024-11-23", "consent", "given_on")(_NO_END(front))


def _approved_sample(front: Front) -> Front:
    return having("true", "illustrative")(without("consent")(front))


WRONG: tuple[object, ...] = (
    "",
    "   ",
    "[]",
    [],
    {},
    ["x"],
    "yes",
    "2026-13-01",
    "03/04/2026",
    "None",
    "0",
    "soon",
    "~",
)
REQUIRED = (
    ("consent", "story-without-consent"),
    ("consent.ref", "missing-field"),
    ("consent.given_on", "missing-field"),
    ("consent.form_version", "missing-field"),
    ("consent.scope", "missing-field"),
    ("safeguarding", "story-without-safeguarding"),
    ("safeguarding.reviewed_on", "missing-field"),
    ("safeguarding.by_role", "missing-field"),
    ("approved_text", "story-without-approval"),
)
_DATES = ("consent.given_on", "consent.expires", "safeguarding.reviewed_on")
_NO_END = without("consent", "expires")
_ALL_BUT = {
    place: scope(*(other for other in ("web", "feed", "image", "social", "search") if other != place))
    for place in ("web", "feed", "image", "social", "search")
}
SPOILINGS = (
    *(Spoiling(f"no {field}", without(*field.split(".")), (problem,)) for field, problem in REQUIRED),
    *(
        Spoiling(f"an empty {field}", having(None, *field.split(".")), (problem, "empty-value", "wrong-type"))
        for field, problem in REQUIRED
    ),
    *(Spoiling(f"{day} is no date", having("01/02/2026", *day.split(".")), ("ambiguous-date",)) for day in _DATES),
    Spoiling("a slip in the name of the consent", renaming("consent"), ("unknown-field",)),
    Spoiling("a slip in the name of the reference", renaming("consent", "ref"), ("unknown-field",)),
    Spoiling("an unknown scope", scope("web", "everywhere"), ("unknown-choice",)),
    Spoiling("no scope at all", scope(), ("consent-out-of-scope",)),
    Spoiling("no web scope", _ALL_BUT["web"], ("consent-out-of-scope",)),
    Spoiling("no web scope, in a release", _ALL_BUT["web"], ("consent-out-of-scope",), release=True),
    Spoiling("no image scope", _ALL_BUT["image"], ("consent-out-of-scope",), where=with_picture),
    Spoiling("no feed scope", _ALL_BUT["feed"], where=in_feeds),
    Spoiling("no social scope", _ALL_BUT["social"], where=in_social_cards),
    Spoiling("no search scope", _ALL_BUT["search"], where=for_searches),
    Spoiling("consent past its day", having("2026-11-23", "consent", "expires"), ("consent-lapsed",)),
    Spoiling("consent past its day, in a release", having("2026-11-23", "consent", "expires"), release=True),
    Spoiling("consent past two years", _long_ago, ("consent-lapsed",)),
    Spoiling("consent past two years, in a release", _long_ago, release=True),
    Spoiling("consent for too long", having("2031-01-08", "consent", "expires"), ("consent-too-long",)),
    Spoiling("consent that ends at once", having("2026-01-07", "consent", "expires"), ("dates-out-of-order",)),
    Spoiling("consent from tomorrow", _tomorrow("consent", "given_on"), ("consent-not-yet-given",)),
    Spoiling(
        "consent from tomorrow, in a release",
        _tomorrow("consent", "given_on"),
        ("consent-not-yet-given",),
        release=True,
    ),
    Spoiling("a review tomorrow", _tomorrow("safeguarding", "reviewed_on"), ("safeguarding-not-yet-done",)),
    Spoiling("another approval", having("f" * 64, "approved_text"), ("text-changed-since-approval",)),
    Spoiling(
        "another approval, in a release",
        having("f" * 64, "approved_text"),
        ("text-changed-since-approval",),
        release=True,
    ),
    Spoiling("marked as a sample", having("true", "illustrative"), ("illustrative-with-consent",)),
    Spoiling("a sample that was approved", _approved_sample, ("illustrative-with-consent",)),
    Spoiling("published tomorrow", _tomorrow("published")),
    Spoiling("past its own day", having("2026-11-23", "expires")),
    Spoiling("a draft", having("draft", "status")),
)


def holds(spoiling: Spoiling, body: str, folder: Path) -> Run:
    """Assert that the changed story does not show where it must not, and return the build."""
    front = front_matter()
    front = spoiling.spoil(approved(front, body)) if spoiling.approve_first else approved(spoiling.spoil(front), body)
    content = site(folder, _with_nulls(front, body))
    output = folder / "output"
    done = run_here(content, output, RELEASE=spoiling.release)
    if spoiling.stops:
        assert done.status == 1, spoiling.name
        assert {problem.name for problem in done.problems(content)} & set(spoiling.stops), (spoiling.name, done.stderr)
        assert not output.exists(), spoiling.name
    else:
        assert done.status == 0, (spoiling.name, done.stderr)
        assert spoiling.where(output) == set(), spoiling.name
    return done


def _with_nulls(front: Front, body: str) -> str:
    """Return the file with an empty value for each field that is None, which ``text`` leaves out."""
    return text(_marked(front), body).replace(" EMPTY\n", "\n")


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _marked(part) for key, part in value.items()}
    return "EMPTY" if value is None else value
