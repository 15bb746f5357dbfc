"""Environment: the theme's templates and components, with undefined names and missing templates as errors."""

from __future__ import annotations

import datetime as dt
import hashlib
from operator import itemgetter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from plugins.content_model.memo import Memo, NoMemo
from plugins.content_model.settings import SiteSettings


class ThemeError(ValueError):
    """The theme's folder cannot be used; the message says why."""


def environment(theme: Path, site: SiteSettings) -> Environment:
    """Return the Jinja environment of the theme.

    Args:
        theme: the theme's folder, with ``templates`` and ``components``.
        site: gives addresses their prefix.

    Raises:
        ThemeError: when a folder is missing.
    """
    folders = [theme / "templates", theme / "components"]
    for folder in folders:
        if not folder.is_dir():
            raise ThemeError(
                f"the theme has no folder {folder}; THEME must name a folder with templates/ and components/"
            )
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    made.filters.update(
        url=site.href,
        absolute=site.absolute,
        date_long=date_long,
        date_iso=dt.date.isoformat,
        safe_html=safe_html,
    )
    return made


def date_long(day: dt.date) -> str:
    """Return ``14 September 2026``: British order, whatever the machine's locale."""
    months = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    return f"{day.day} {months[day.month - 1]} {day.year}"


def safe_html(html: str) -> Markup:
    """Mark HTML that the sanitiser has passed; nothing else may go through here."""
    return Markup(html)  # noqa: S704 - the one place; bodies come out of nh3


class JinjaTheme:
    """The theme in a folder: renders its templates and, one by one, its components.

    A template is a pure function of its inputs and of the theme, so what it gave is remembered by them alone.

    Args:
        folder: the theme's folder.
        site: gives addresses their prefix.
        memo: remembers pages.

    Raises:
        ThemeError: when the folder is not a theme.
    """

    def __init__(self, folder: Path, site: SiteSettings, memo: Memo | None = None) -> None:
        self._memo = memo or NoMemo()
        self.digest = f"{digest(folder)} {site.url}"
        # Templates are compiled once; this cannot be stored, only kept.
        self._environment = self._memo.recall(
            "environment", (str(folder), self.digest), lambda: environment(folder, site)
        )

    def component(self, name: str, **arguments: object) -> str:
        """Return the HTML of the component in the folder ``name``."""
        module = self._environment.get_template(f"{name}/macro.html").module
        return str(getattr(module, name.replace("-", "_"))(**arguments)).strip()

    def page(self, template: str, **inputs: object) -> str:
        """Return the HTML that ``template`` makes of ``inputs``."""
        # Structured data is a tree of plain dicts, which are compared as written.
        compared_inputs = ((name, repr(value) if isinstance(value, dict) else value) for name, value in inputs.items())
        compared = (self.digest, template, tuple(sorted(compared_inputs, key=itemgetter(0))))
        return self._memo.recall(
            "page", compared, lambda: self._environment.get_template(template).render(inputs).strip() + "\n"
        )


def digest(theme: Path) -> str:
    """Return a digest of all templates and components of the theme."""
    found = hashlib.sha256()
    for folder in (theme / "templates", theme / "components"):
        for file in sorted(folder.rglob("*.html")):
            data = file.read_bytes()
            found.update(f"{file.relative_to(theme).as_posix()}\0{len(data)}\0".encode() + data)
    return found.hexdigest()
