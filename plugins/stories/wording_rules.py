"""Report wording of a story that could identify somebody or teach harm.

The rules match words and prefer false positives. Titles, summaries, alt texts, file names and addresses are read
without their context, so a dose, a price, a quantity or a method in them is an error. In the body it is a warning,
which an editor acknowledges by name after reading the passage. A full name together with a named fellowship is an error
everywhere.

Sources: Tradition Eleven and how the fellowships read it for the internet (a full name or a named fellowship, never
both); Samaritans' and IPSO's guidance on reporting (no method, no quantity).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from plugins.base.problem import Position, Problem, Severity
from plugins.content_model.fellowships import find_fellowship
from plugins.content_model.markdown_line import Line
from plugins.content_model.story import Acknowledgeable, Story
from plugins.stories.harmful_detail import HarmKind, harms
from plugins.stories.identifying_details import TOO_MANY, details
from plugins.stories.name_detection import full_names, is_full_name
from plugins.stories.visible_text import Surface, surfaces

_MENDS: dict[HarmKind, str] = {
    "dose": "say that it was too much, or more and more, without the amount",
    "price": "leave the price out",
    "quantity": "say that it was a lot, or every day, without the amount",
    "method": "say what happened and not how it was done",
}
#: The name of the problem by kind, for text without context and for the body.
NAMES: dict[HarmKind | Literal["name"], tuple[str, Acknowledgeable]] = {
    "dose": ("dose-up-front", "dose-in-body"),
    "price": ("price-up-front", "price-in-body"),
    "quantity": ("quantity-up-front", "quantity-in-body"),
    "method": ("method-up-front", "method-in-body"),
    "name": ("full-name-with-fellowship", "name-with-fellowship-in-body"),
}
_ACKNOWLEDGE = "or, having read the place, write  acknowledged: [{}]"


def check_wording(story: Story, outline: Callable[[str], Iterable[Line]], organisation: str = "") -> Iterator[Problem]:
    """Yield the problems in the wording of ``story``. In a draft, all of them are warnings.

    ``outline`` reads Markdown line by line. ``organisation`` is the name of the site's own, which identifies nobody.

    Problems that an editor has acknowledged are left out. A needless acknowledgement is a problem too, because it would
    hide a later one.
    """
    found = list(_found(story, tuple(surfaces(story, outline)), organisation))
    for problem in found:
        if problem.name in story.acknowledged:
            continue
        yield problem if story.status == "published" else replace(problem, severity=_softened(problem.severity))
    names = {problem.name for problem in found}
    for number, name in enumerate(story.acknowledged):
        if name not in names or name in story.acknowledged[:number]:
            yield Problem(
                story.source.path,
                story.source.positions.of(("acknowledged", number)),
                "needless-acknowledgement",
                f"the text holds nothing that `{name}` warns of, or it is acknowledged twice",
                "delete it, so that it cannot hide the next",
                Severity.ADVICE,
            )


def _softened(severity: Severity) -> Severity:
    return Severity.WARNING if severity is Severity.ERROR else severity


def _found(story: Story, texts: Sequence[Surface], organisation: str) -> Iterator[Problem]:
    yield from _harms(story, texts)
    yield from _names(story, texts)
    yield from _details(story, texts, organisation)


def _harms(story: Story, texts: Sequence[Surface]) -> Iterator[Problem]:
    for surface in texts:
        for harm in harms(surface.text):
            up_front, in_body = NAMES[harm.kind]
            hint = _MENDS[harm.kind]
            yield Problem(
                story.source.path,
                surface.position(harm.start),
                up_front if surface.up_front else in_body,
                f"{surface.words} gives a {harm.kind}: “{harm.text.lower() if surface.name_like else harm.text}”",
                hint if surface.up_front else f"{hint}, {_ACKNOWLEDGE.format(in_body)}",
                Severity.ERROR if surface.up_front else Severity.WARNING,
            )


def _names(story: Story, texts: Sequence[Surface]) -> Iterator[Problem]:
    named = next((match[0] for surface in texts if (match := find_fellowship(surface.text))), None)
    if named is None:
        return
    shown = story.narrator.display_name
    if is_full_name(shown):
        at = story.source.positions.of(("narrator", "display_name"))
        yield _full_name(story, at, shown, named, certain=True)
    reported: set[str] = set()
    for surface in texts:
        for name in full_names(surface.text, title_case=surface.name_like):
            if name.text not in reported:
                reported.add(name.text)
                yield _full_name(story, surface.position(name.start), name.text, named, certain=name.certain)


def _full_name(story: Story, at: Position, name: str, named: str, *, certain: bool) -> Problem:
    surely, maybe = NAMES["name"]
    hint = "write the first name only, or say “a mutual-aid fellowship”"
    return Problem(
        story.source.path,
        at,
        surely if certain else maybe,
        f"“{name}” {'is' if certain else 'may be'} a full name, and the story names {named}: "
        "one or the other, never both (Tradition Eleven)",
        hint if certain else f"{hint}, {_ACKNOWLEDGE.format(maybe)}",
        Severity.ERROR if certain else Severity.WARNING,
    )


def _details(story: Story, texts: Sequence[Surface], organisation: str) -> Iterator[Problem]:
    first: dict[str, tuple[Position, str]] = {}
    for surface in texts:
        for detail in () if surface.name_like else details(surface.text, organisation):
            first.setdefault(detail.kind, (surface.position(detail.start), detail.text))
    if len(first) < TOO_MANY:
        return
    yield Problem(
        story.source.path,
        max(position for position, _ in first.values()),
        "identifying-details-in-body",
        "together these could tell who somebody is: "
        + ", ".join(f"{kind} (“{text}”, line {position.line})" for kind, (position, text) in first.items()),
        f"leave one out or make it vaguer, {_ACKNOWLEDGE.format('identifying-details-in-body')}",
        Severity.WARNING,
    )
