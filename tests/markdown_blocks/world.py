"""Contexts with entries, contacts and commitments for the tests."""

from __future__ import annotations

from plugins.base.problem import Problem, Severity
from plugins.markdown_blocks.context import Context, LinkTarget, paths_of
from plugins.markdown_blocks.render import Renderer
from plugins.views.views import ContactView, Picture

PATH = "articles/here/index.md"

RENDERER = Renderer()


def contact(identifier: str, *, tel: str = "", sms: str = "", url: str = "", billed: str = "no") -> ContactView:
    """Return a help contact that can be reached in the ways given."""
    return ContactView(
        id=identifier,
        name=identifier.title(),
        who_for="Anyone",
        number=tel,
        tel_href=f"tel:{tel}" if tel else "",
        text_words=f"Text {identifier.upper()} to {sms}" if sms else "",
        sms_href=f"sms:{sms}" if sms else "",
        url=url,
        email="",
        ask_for="",
        hours="",
        nations="",
        cost="",
        shows_on_bill=billed,
        crisis=True,
    )


def picture(path: str) -> Picture | None:
    """Return the only picture, beside the text."""
    if path != "articles/here/tree.jpg":
        return None
    return Picture(src="/images/tree.jpg", width=640, height=360, alt="")


def world(*, root: str = "", first_line: int = 1, glossary: dict[str, str] | None = None, live: bool = True) -> Context:
    """Return a context with a few entries, contacts and commitments.

    Args:
        root: what addresses begin with.
        first_line: number of the first line of the text.
        glossary: the meaning of terms.
        live: whether the text's own entry is public.
    """
    entries = {
        PATH: LinkTarget("/articles/here/", live, "Here"),
        "articles/there/index.md": LinkTarget("/articles/there/", live=True, title="There"),
        "articles/draft/index.md": LinkTarget("/articles/draft/", live=False, title="A draft"),
        "pages/help/index.md": LinkTarget("/help/", live=True, title="Help"),
    }
    return Context(
        path=PATH,
        first_line=first_line,
        glossary=glossary or {},
        entries=entries,
        paths=paths_of(entries),
        permalinks=frozenset({"/", "/help/", "/articles/", "/articles/here/", "/articles/there/"}),
        contacts={
            "samaritans": contact("samaritans", tel="116123"),
            "shout": contact("shout", sms="85258"),
            "billed": contact("billed", tel="0300", url="https://billed.example/", billed="yes"),
            "online": contact("online", url="https://help.example/"),
            "nobody": contact("nobody"),
        },
        commitment_ids=("we-listen-first", "we-tell-the-truth"),
        help_card=lambda identifier: f'<div class="help-contact"><h3>{identifier}</h3></div>',
        commitment_card=lambda identifier: f'<article class="commitment-card"><h3>{identifier}</h3></article>',
        picture=picture,
        root=root,
    )


def html(text: str, context: Context | None = None) -> str:
    """Return the HTML of a text without problems."""
    rendered = RENDERER.render(text, context or world())
    assert rendered.problems == ()
    return rendered.body.html


def problems(text: str, context: Context | None = None) -> tuple[Problem, ...]:
    """Return the problems of a text."""
    return RENDERER.render(text, context or world()).problems


def errors(text: str, context: Context | None = None) -> tuple[Problem, ...]:
    """Return the errors of a text."""
    return tuple(problem for problem in problems(text, context) if problem.severity is Severity.ERROR)
