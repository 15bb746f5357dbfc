"""Test the templates: one for each type of page, each a pure function of its inputs."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import meta, nodes

from plugins.pages.environment import environment
from tests.sites.building import ROOT
from tests.theme.test_components import SITE, THEME

TEMPLATES = sorted((THEME / "templates").glob("*.html"))
ALL = [*TEMPLATES, *sorted((THEME / "components").glob("*/macro.html"))]
NEEDED = {
    "home",
    "article",
    "story",
    "commitment",
    "page",
    "articles",
    "stories",
    "commitments",
    "topic",
    "topics",
    "person",
    "people",
    "help",
    "subscribe",
    "charter",
    "privacy-receipt",
    "not-found",
    "gone",
    "redirect",
    "recent",
    "search",
    "letter",
    "document",
    "handbook",
}
#: Deterministic filters of the site and of Jinja.
GLOBALS = {"dict", "range", "namespace", "joiner", "cycler"}
INPUTS = {
    "language",
    "media_type",
    "policy",
    "style",
    "data",
    "body",
    "search",
    "receipt",
    "site",
    "meta",
    "page",
    "stories",
    "commitments",
    "recent",
    "article",
    "story",
    "commitment",
    "safety",
    "crisis",
    "charter",
    "labels",
    "doors",
    "choices",
    "chosen",
    "samples",
    "previous",
    "next",
    "related",
    "contacts",
    "targets",
    "groups",
    "cards",
    "pagination",
    "links",
    "letters",
    "current",
    "topic",
    "topics",
    "person",
    "people",
    "target",
    "entry",
    "checked_by",
    "window",
    "kind",
    "chapter",
}


def tree(file: Path) -> nodes.Template:
    """Return the syntax tree of a template."""
    return environment(THEME, SITE).parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    """Return the test id of a template."""
    return file.relative_to(THEME).as_posix()


def test_every_type_of_page_has_a_template() -> None:
    """The theme has a template for each type of page, and every template loads."""
    assert {file.stem for file in TEMPLATES} >= NEEDED
    env = environment(THEME, SITE)
    for file in TEMPLATES:
        env.get_template(file.name)


@pytest.mark.parametrize("file", ALL, ids=name)
def test_templates_are_deterministic(file: Path) -> None:
    """No template uses the time or randomness."""
    found = tree(file)
    assert not [node.name for node in found.find_all(nodes.Filter) if node.name in {"random", "shuffle"}]
    names = {node.name for node in found.find_all(nodes.Name)} | {node.attr for node in found.find_all(nodes.Getattr)}
    assert not names & {"now", "today", "utcnow", "time", "random", "lipsum", "uuid4"}


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_a_template_uses_declared_inputs_only(file: Path) -> None:
    """A template uses only the inputs of its page, neither the library nor the settings."""
    found = tree(file)
    imported = {
        name if isinstance(name, str) else name[1] for node in found.find_all(nodes.FromImport) for name in node.names
    }
    assert meta.find_undeclared_variables(found) - GLOBALS - imported <= INPUTS


@pytest.mark.parametrize("file", ALL, ids=name)
def test_only_sanitised_html_is_marked_as_safe(file: Path) -> None:
    """Only sanitised bodies are printed unescaped."""
    found = tree(file)
    for node in found.find_all(nodes.Filter):
        assert node.name not in {"safe", "forceescape"}
        if node.name == "safe_html":
            assert isinstance(node.node, nodes.Getattr)
            assert node.node.attr == "html"
    assert not list(found.find_all(nodes.MarkSafe))
    assert not list(found.find_all(nodes.ScopedEvalContextModifier))


@pytest.mark.parametrize("file", ALL, ids=name)
def test_internal_addresses_use_the_prefix_filter(file: Path) -> None:
    """Every internal address in a template goes through the filter that adds the path prefix."""
    text = file.read_text(encoding="utf-8")
    assert 'href="/' not in text
    assert 'src="/' not in text


@pytest.mark.parametrize("file", ALL, ids=name)
def test_templates_document_their_inputs(file: Path) -> None:
    """A template or a component's macro begins with a comment about its inputs."""
    assert file.read_text(encoding="utf-8").lstrip().startswith("{#")


def test_scripts_belong_to_components() -> None:
    """Every script of the theme belongs to a component. Only the exit link and the search have one."""
    found = {file.relative_to(ROOT / "theme").as_posix() for file in (ROOT / "theme").rglob("*.js")}
    assert found == {
        "components/exit-link/exit-link.js",
        "components/feed-box/feed-box.js",
        "components/search-box/search-box.js",
    }
