"""Test that each component renders its own examples."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from bs4 import BeautifulSoup
from jinja2 import Environment, StrictUndefined, nodes
from msgspec import Struct

from plugins.engine.settings import SiteSettings
from plugins.pages.environment import JinjaTheme, environment
from tests.engine.test_settings import SETTINGS
from tests.sites.building import ROOT

THEME = ROOT / "theme"
COMPONENTS = sorted(folder for folder in (THEME / "components").iterdir() if folder.is_dir())
WITH_MACRO = [folder for folder in COMPONENTS if (folder / "macro.html").is_file()]
SITE = SiteSettings.from_pelican(SETTINGS)


class Example(Struct, frozen=True):
    """An example of a component: the arguments of its macro, or the HTML that Markdown produces."""

    component: str
    name: str
    arguments: dict[str, Any] | None
    html: str | None

    def render(self) -> str:
        """Return the HTML of the example."""
        if self.arguments is None:
            return self.html or ""
        return JinjaTheme(THEME, SITE).component(self.component, **self.arguments)


def examples() -> list[Example]:
    """Return every example of every component."""
    return [
        Example(folder.name, item["name"], item.get("arguments"), item.get("html"))
        for folder in COMPONENTS
        for item in yaml.safe_load((folder / f"{folder.name}.yaml").read_text(encoding="utf-8"))
    ]


EXAMPLES = examples()


def macros(env: Environment, folder: Path) -> dict[str, nodes.Macro]:
    """Return the macros of a component by name."""
    tree = env.parse((folder / "macro.html").read_text(encoding="utf-8"))
    return {macro.name: macro for macro in tree.find_all(nodes.Macro)}


@pytest.mark.parametrize("folder", COMPONENTS, ids=lambda folder: folder.name)
def test_a_component_is_complete(folder: Path) -> None:
    """A component has examples, styles if it needs any, and a macro of its own name unless Markdown renders it."""
    names = {file.name for file in folder.iterdir()}
    assert f"{folder.name}.yaml" in names
    assert names <= {"macro.html", f"{folder.name}.css", f"{folder.name}.js", f"{folder.name}.yaml"}
    assert {"macro.html", f"{folder.name}.css"} & names
    assert folder.name == folder.name.lower()
    found = [example for example in EXAMPLES if example.component == folder.name]
    assert found
    assert len({example.name for example in found}) == len(found)
    if "macro.html" in names:
        assert all(example.arguments is not None for example in found)
        assert folder.name.replace("-", "_") in macros(environment(THEME, SITE), folder)
    else:
        assert all(example.html for example in found)


@pytest.mark.parametrize("folder", WITH_MACRO, ids=lambda folder: folder.name)
def test_the_examples_cover_every_argument(folder: Path) -> None:
    """The examples of a macro use each of its arguments and no others."""
    macro = macros(environment(THEME, SITE), folder)[folder.name.replace("-", "_")]
    taken = {argument.name for argument in macro.args}
    given = {name for example in EXAMPLES if example.component == folder.name for name in example.arguments or {}}
    assert given == taken


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.component}: {example.name}")
def test_examples_render_to_valid_html(example: Example) -> None:
    """An example gives HTML that a strict parser accepts, without undefined names and with alt texts."""
    html = example.render()
    html5lib.HTMLParser(strict=True).parseFragment(html)
    soup = BeautifulSoup(html, "html5lib")
    assert not soup.find_all(["script", "style", "iframe", "form"])
    for element in soup.find_all():
        assert not [name for name in element.attrs if name == "style" or name.startswith("on")]
    for image in soup.find_all("img"):
        assert image.has_attr("alt")
        assert int(str(image["width"])) > 0
        assert int(str(image["height"])) > 0
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for element in soup.find_all(["a", "button"]):
        assert element.get_text(strip=True) or element.find("img", alt=True), "a link without words"


@pytest.mark.parametrize(
    "example", [example for example in EXAMPLES if example.arguments], ids=lambda e: f"{e.component}: {e.name}"
)
def test_arguments_are_escaped(example: Example) -> None:
    """HTML in any text argument of a component is escaped."""

    def hostile(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: part if key in {"html", "href", "src", "tel_href", "sms_href"} else hostile(part)
                for key, part in value.items()
            }
        if isinstance(value, list):
            return [hostile(part) for part in value]
        return f"{value}<script>x</script>" if isinstance(value, str) and value else value

    made = Example(example.component, example.name, hostile(example.arguments), None)
    assert "<script>" not in made.render()


def test_dates_in_examples_are_dates() -> None:
    """The dates in examples have the types that views use."""
    cards = [
        example.arguments["card"] for example in EXAMPLES if example.component == "article-card" and example.arguments
    ]
    assert any(isinstance(card["published"], dt.date) for card in cards)


def test_a_missing_field_is_an_error() -> None:
    """The template environment of the tests is as strict as that of the site."""
    assert environment(THEME, SITE).undefined is StrictUndefined
