"""Test that following the advice about the settings of `inv write` starts the editor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings

from plugins.authoring.editor import command
from plugins.authoring.editor.settings import EditorSettings, listen_address
from plugins.engine.settings import SettingsError
from tests.authoring.cli.messages import FOLLOWED, follows
from tests.authoring.editor.browser import Browser
from tests.sites.sample_settings import replace_settings

#: The setting, a wrong value, part of the message as in the code, and the value that the message gives.
SETTINGS: list[tuple[str, object, str, object]] = [
    ("WRITE_URL", "write.example.org", "WRITE_URL is `", "https://write.example.org"),
    ("WRITE_URL", "https://example.org/write", "without a path", "https://example.org"),
    ("WRITE_PROXY", "127.0.0.1", "WRITE_PROXY is `", ["127.0.0.1"]),
    ("WRITE_PROXY", ["the-proxy"], "WRITE_PROXY holds `", ["127.0.0.1"]),
    ("WRITE_AUTHOR_HEADER", "X Author:", "; write a name, such as X-Write-Author", "X-Write-Author"),
    ("WRITE_AUTHOR_HEADER", "Cookie", "which browsers send themselves", "X-Write-Author"),
    ("WRITE_PUBLISHES", "yes", "WRITE_PUBLISHES is `", True),
]
FOLLOWED |= {row[2] for row in SETTINGS}


@pytest.mark.parametrize(("name", "wrong", "says", "right"), SETTINGS, ids=[f"{row[0]}-{row[2]}" for row in SETTINGS])
def test_the_advised_setting_is_valid(name: str, wrong: object, says: str, right: object) -> None:
    """The value in the message is valid."""
    with pytest.raises(SettingsError) as refused:
        EditorSettings.from_pelican({name: wrong})
    assert says in str(refused.value)
    given = str(right[0]) if isinstance(right, list) else str(right)
    assert given in str(refused.value) or "without a path" in str(refused.value)
    EditorSettings.from_pelican({name: right})


@follows(" is no address with a port; write it as  --listen ")
def test_the_advised_address_is_valid() -> None:
    """The address in the message is valid."""
    with pytest.raises(SettingsError) as refused:
        listen_address("somewhere")
    assert listen_address(str(refused.value).split()[-1]) == ("127.0.0.1", 8100)


@follows("WRITE_PUBLISHES is True, and nobody has said where to", "--listen is for an editor behind a proxy")
@pytest.mark.parametrize("listen", ["", "127.0.0.1:8100"])
def test_the_editor_starts_as_advised(listen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With each named setting, the editor starts."""
    given: dict[str, Any] = {} if listen else {"WRITE_PUBLISHES": True}
    valid = {"WRITE_URL": "https://write.example.org", "WRITE_PROXY": ["127.0.0.1"], "WRITE_AUTHOR_HEADER": "X-Author",
             "PUBLISH_TARGET": f"folder:{tmp_path}"}  # fmt: skip
    replace_settings(monkeypatch, lambda path, override: read_settings(path, {**given, **override}))
    tools, started = Browser(tmp_path).services, list[object]()

    def write() -> None:
        command.write(
            tools, lambda **options: started.append(options), content=str(tmp_path / "content"), listen=listen
        )

    with pytest.raises(SystemExit) as refused:
        write()
    named = re.findall(r"set ((?:\w+(?:, )?)+) in", str(refused.value))
    given |= {name: valid[name] for name in named[0].split(", ")}
    write()
    assert len(started) == 1
