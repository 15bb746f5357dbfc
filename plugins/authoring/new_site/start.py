"""Start the site of another organisation: engine, theme and tests, an empty content folder, and settings of its own."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined

from plugins.authoring.new.naming import new_id, slug_of
from plugins.authoring.new_site.repository import ENGINE, SiteRepository
from plugins.base.errors import UserError
from plugins.content_model.registers import EMERGENCY, URGENT

_SKELETON = Path(__file__).parent / "skeleton"
_SUFFIX = ".jinja"
#: The day of the first post. It is no day of today, so that the same start gives the same files.
_FIRST_POST = "2026-11-01"
#: A name stands in YAML, Python, Markdown and feeds, so it has no character that is markup in one of them.
_NAME = re.compile(r"(?=.*[^\W\d_])[^\W_](?:[^\W_]|[ '’&.,()!+–-]){0,59}")
_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(:\d+)?(/[\w.~/-]*)?", re.ASCII)


def start_site(source: Path, folder: Path, *, name: str, url: str) -> None:
    """Write a new site into ``folder``, which does not exist or is empty.

    Args:
        source: the project whose engine it takes.
        folder: the folder of the new site.
        name: the name of the organisation.
        url: the public address of its site.

    Raises:
        UserError: if an argument cannot be used; nothing was written.
    """
    folder = folder.resolve()
    values = _values(name, url)
    _check_folder(folder, source)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # The site is made beside its place, so that an interrupted start leaves no half of one there.
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.starting-", dir=folder.parent))
    try:
        _write(source, staging, values)
        staging.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _values(name: str, url: str) -> dict[str, str]:
    """Return what the files of the skeleton may insert."""
    name, url = " ".join(name.split()), url.strip().rstrip("/")
    if not _NAME.fullmatch(name):
        raise UserError(
            f"--name is `{name}`, which cannot be the name of a site; write 1 to 60 letters, digits, spaces and "
            '\' & . , ( ) ! + -, beginning with a letter or digit, such as  --name "River Lane"'
        )
    if not _ADDRESS.fullmatch(url):
        raise UserError(
            f"--url is `{url}`, which is not a whole web address; write it with its scheme and in small letters, such "
            "as  --url https://community.example.org"
        )
    contact = slug_of(name)
    return {
        "name": name,
        "url": url,
        "authority": f"{urlsplit(url).hostname},{_FIRST_POST[:4]}",
        "first_post": _FIRST_POST,
        "contact": contact if contact and contact not in (EMERGENCY, URGENT) else "us",
    }


def _string_literal(text: str) -> str:
    """Return ``text`` as a Python string, with the quotation marks that Ruff writes."""
    return json.dumps(text, ensure_ascii=False)


def _check_folder(folder: Path, source: Path) -> None:
    if folder.resolve().is_relative_to(source.resolve()):
        raise UserError(f"{folder} lies in this project; choose a folder outside of it, such as  ../{folder.name}")
    if folder.is_file():
        raise UserError(f"{folder} is a file; choose a folder that is empty or not there yet")
    if folder.exists() and any(folder.iterdir()):
        raise UserError(
            f"the folder {folder} is not empty, and nothing was written into it; choose one that is empty or not there "
            "yet"
        )


def _write(source: Path, folder: Path, values: Mapping[str, str]) -> None:
    repository = SiteRepository(folder)
    repository.begin()
    repository.commit_engine(source, "Take the engine")
    repository.git("reset", "--quiet", "--hard", ENGINE)
    for path, text in _files(values):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--no-verify", "-m", f"Start the site of {values['name']}")


def _files(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file of the skeleton."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - no HTML
    environment.filters["string_literal"] = _string_literal
    taken: list[str] = []
    for file in sorted(_SKELETON.rglob(f"*{_SUFFIX}")):
        taken.append(new_id(taken))
        path = file.relative_to(_SKELETON).as_posix().removesuffix(_SUFFIX)
        yield path, environment.from_string(file.read_text(encoding="utf-8")).render(**values, id=taken[-1])
