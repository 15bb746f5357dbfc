"""The theme's environment."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, UndefinedError

from plugins.base.dates import date_long
from plugins.content_model.private_date import PrivateDate, PrivateDateError
from plugins.engine.cache.memory import MemoryCache
from plugins.engine.cache.persistent import PersistentCache
from plugins.engine.settings import SiteSettings
from plugins.pages.environment import JinjaTheme, ThemeError
from tests.engine.test_settings import SETTINGS
from tests.sites.writing import write

SITE = SiteSettings.from_pelican(SETTINGS)


def theme(root: Path, **templates: str) -> JinjaTheme:
    """A theme of ``templates``, by name without suffix."""
    write(root, {f"templates/{name}.html": text for name, text in templates.items()})
    for folder in ("templates", "components"):
        (root / folder).mkdir(exist_ok=True)
    return JinjaTheme(root, SITE)


def test_what_is_printed_is_escaped(tmp_path: Path) -> None:
    """A value with HTML in it is shown as text; only what the sanitiser passed is marked as safe."""
    made = theme(tmp_path, a="{{ value }} {{ value | safe_html }}")
    assert made.page("a.html", value="<b>") == "&lt;b&gt; <b>\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_a_path_that_cannot_be_encoded(tmp_path: Path) -> None:
    """A theme works in a folder whose name has bytes that are no letters."""
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    theme(folder, a="{{ value }}")
    assert JinjaTheme(folder, SITE, MemoryCache()).page("a.html", value="b") == "b\n"


def test_an_undefined_name_is_an_error(tmp_path: Path) -> None:
    """A name that a page was not given stops the build, where Jinja would print nothing."""
    with pytest.raises(UndefinedError):
        theme(tmp_path, a="{{ missing }}").page("a.html")
    with pytest.raises(UndefinedError):
        theme(tmp_path, a="{% if value.missing %}{% endif %}").page("a.html", value={})


def test_a_missing_template_is_an_error(tmp_path: Path) -> None:
    """A template that the theme lacks stops the build, where Pelican would take one of another theme."""
    with pytest.raises(TemplateNotFound):
        theme(tmp_path).page("article.html")


def test_addresses_in_templates(tmp_path: Path) -> None:
    """A link within the site carries its prefix, a canonical one the whole address."""
    made = theme(tmp_path, a="{{ '/x/' | url }} {{ '/x/' | absolute }}")
    assert made.page("a.html") == "/sub/x/ https://example.org/sub/x/\n"


@pytest.mark.parametrize("month", range(1, 13))
def test_dates_are_british_on_every_machine(month: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A date is day, month, year in English, whatever the machine's language."""
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    day = dt.date(2026, month, 3)
    assert date_long(day).startswith("3 ")
    assert date_long(day).endswith(" 2026")
    assert date_long(dt.date(2026, 3, 14)) == "14 March 2026"


def test_components_are_rendered_by_name(tmp_path: Path) -> None:
    """The macro of a component's folder is called with the arguments by name."""
    write(tmp_path, {"components/two-words/macro.html": "{% macro two_words(what) %}<p>{{ what }}</p>{% endmacro %}"})
    assert theme(tmp_path).component("two-words", what="&") == "<p>&amp;</p>"


def test_a_folder_that_is_no_theme(tmp_path: Path) -> None:
    """A folder without templates or components is refused with the names of both."""
    with pytest.raises(ThemeError, match="templates/ and components/"):
        JinjaTheme(tmp_path, SITE)


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build compiled the next one recalls, until the theme changes; one with a mistake is in nobody's way."""
    theme(tmp_path / "theme", a="{{ 1 + 1 }}", b="{% mistake %}")

    def rendered() -> str:
        cache = PersistentCache(tmp_path / "memo", {"templates"})
        made = JinjaTheme(tmp_path / "theme", SITE, cache).page("a.html")
        cache.write(all_seen=True)
        return made

    assert rendered() == "2\n"
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "compile", None)
        assert rendered() == "2\n"
    theme(tmp_path / "theme", a="{{ 1 + 2 }}")
    assert rendered() == "3\n"


@pytest.mark.parametrize("shown", ["day", "day | date_iso", "day | date_long", "day.year", "'%s' % day"])
def test_a_private_day_is_never_shown(shown: str, tmp_path: Path) -> None:
    """No filter of the theme writes a day that readers must not learn."""
    made = theme(tmp_path, a=f"{{{{ {shown} }}}}")
    assert made.page("a.html", day=dt.date(2026, 11, 22))
    with pytest.raises(PrivateDateError):
        made.page("a.html", day=PrivateDate.of(dt.date(2026, 11, 22)))
