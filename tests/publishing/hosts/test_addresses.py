"""Test that real servers apply the rules for addresses with any characters."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.content_model.permalink import split_query
from plugins.publishing.hosts.files import files
from plugins.publishing.hosts.response_rules import ResponseRules
from tests.examples import examples
from tests.publishing.hosts.serving import ask, serving

pytestmark = pytest.mark.real

#: Characters that are special in the syntax of a server, and any other printable ones.
_LETTERS = st.one_of(
    st.sampled_from("\"'`\\{}$%#;~^*()[]|!&+?<>=@, aZ.:"),
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="/"),
)
_NAMES = st.text(_LETTERS, min_size=1, max_size=20).filter(
    # Hosts hide these names.
    lambda name: (
        not name.startswith((".", "_")) and not name.endswith((".br", ".gz", ".", " ")) and not split_query(name)[1]
    ),
)


@pytest.mark.parametrize("kind", ["nginx", "caddy", "apache"])
@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(_NAMES, min_size=30, max_size=60))
def test_each_address_has_its_own_rule(kind: str, names: set[str]) -> None:
    """Aliases redirect, withdrawn addresses are gone, pages are served, and no rule matches another address."""
    ordered = sorted(names)
    gone, moved, pages = ordered[::3], ordered[1::3], ordered[2::3]
    response_rules = ResponseRules(
        root="",
        redirects={f"/m/{name}": f"/to/{name}" for name in moved},
        gone={f"/g/{name}": "gone.html" for name in gone},
    )
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        shown = {path: path.encode() for path in ("gone.html", "404.html", *(f"p/{name}.html" for name in pages))}
        for path, body in {**shown, **files(response_rules)}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(body)
        with serving(kind, root) as server:
            for name in moved:
                answer = ask(server.url, quote(f"/m/{name}", safe="/"))
                assert answer.status == 301
                assert unquote(urlsplit(answer.headers["location"]).path) == f"/to/{name}"
            for name in gone:
                answer = ask(server.url, quote(f"/g/{name}", safe="/"))
                assert (answer.status, answer.body) == (410, b"gone.html")
                assert ask(server.url, quote(f"/g/{name}x", safe="/")).status == (410 if f"{name}x" in gone else 404)
            for name in pages:
                answer = ask(server.url, quote(f"/p/{name}.html", safe="/"))
                assert (answer.status, answer.body.decode()) == (200, f"p/{name}.html")
