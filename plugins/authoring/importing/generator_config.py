"""Read the configuration of a static site generator. Nothing of it is run."""

from __future__ import annotations

import ast
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plugins.authoring.importing.foreign_front_matter import FrontMatterError, lowered, read_fields, text_of
from plugins.authoring.importing.generator_site import JEKYLL_STYLES, PELICAN_PATTERNS, GeneratorSite
from plugins.authoring.importing.media import read_below

#: Files of the configuration. Those in a folder hold one section each, under its name.
_CONFIGS = {
    "hugo": (
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config.toml",
        "config.yaml",
        "config.yml",
        "config.json",
    ),
    "jekyll": ("_config.yml", "_config.yaml", "_config.toml"),
    "pelican": ("pelicanconf.py", "publishconf.py"),
}
_CONFIG_FOLDER = "config/_default"
#: Hosts in examples of configurations, which are no real site.
_NO_HOSTS = frozenset(
    {"", "localhost", "127.0.0.1", "example.org", "www.example.org", "example.com", "www.example.com"}
)


def read_site(root: Path) -> GeneratorSite:
    """Return the site in the folder ``root``."""
    generator = _generator(root)
    faults: list[tuple[str, str]] = []
    config: dict[str, Any] = {}
    for name in _CONFIGS.get(generator, ()):
        config |= _fields(root, name, faults)
    if generator == "hugo" and (root / _CONFIG_FOLDER).is_dir():
        for file in sorted((root / _CONFIG_FOLDER).glob("*.*")):
            read = _fields(root, f"{_CONFIG_FOLDER}/{file.name}", faults)
            config |= read if file.stem in {"hugo", "config"} else {file.stem: read}
    if generator == "hugo":
        home = text_of(config.get("baseurl"))
        permalinks = _hugo_permalinks(config.get("permalinks"))
    elif generator == "pelican":
        home = text_of(config.get("siteurl"))
        permalinks = {name: text_of(config.get(name)) for name in PELICAN_PATTERNS}
    else:
        home = f"{text_of(config.get('url'))}{text_of(config.get('baseurl'))}"
        pattern = text_of(config.get("permalink"))
        permalinks = {"": JEKYLL_STYLES.get(pattern, pattern)} if pattern else {}
    languages = config.get("languages")
    folders = {
        str(code).lower(): text_of(lowered(one).get("contentdir"))
        for code, one in (languages.items() if isinstance(languages, dict) else ())
        if isinstance(one, dict)
    }
    language = text_of(config.get("defaultcontentlanguage")).lower() or (next(iter(folders), "") and "en")
    prefixes_all = config.get("defaultcontentlanguageinsubdir") is True
    host, folder = _split_home(home)
    return GeneratorSite(
        generator=generator,
        home=f"{host}{folder}" if host else "",
        folder=folder,
        permalinks=permalinks,
        ugly_sections=_ugly_sections(config.get("uglyurls")),
        languages=folders,
        language=language,
        prefixes_all=prefixes_all,
        faults=tuple(faults),
    )


def _generator(root: Path) -> str:
    names = {path.name for path in root.iterdir()}
    if names & {"_config.yml", "_config.yaml", "_posts"}:
        return "jekyll"
    if names & {*_CONFIGS["hugo"], "archetypes"} or (root / _CONFIG_FOLDER).is_dir():
        return "hugo"
    if names & {"pelicanconf.py", "publishconf.py"}:
        return "pelican"
    return "eleventy" if any(name.startswith((".eleventy", "eleventy.config")) for name in names) else ""


def _fields(root: Path, name: str, faults: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields of the configuration ``name`` with names in lower case. Empty if there is no such file."""
    data = read_below(root, name)
    if data is None:
        return {}
    text = data.decode("utf-8-sig", "replace")
    try:
        return _texts_of_python(text) if name.endswith(".py") else read_fields(text, Path(name).suffix)
    except FrontMatterError as error:
        faults.append(
            (name, f"it cannot be read ({error}), so old addresses are those that its generator makes without it")
        )
        return {}


def _texts_of_python(source: str) -> dict[str, Any]:
    """Return the texts that a module gives to names, by these in lower case."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FrontMatterError(f"it is no Python: {error}") from error
    return {
        target.id.lower(): statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _ugly_sections(value: object) -> AbstractSet[str]:
    """Return the sections for which ``uglyURLs`` is on: "" if it is on for every section."""
    if isinstance(value, dict):
        return frozenset(str(section) for section, is_file in value.items() if is_file is True)
    return frozenset([""] if value is True else [])


def _hugo_permalinks(value: object) -> dict[str, str]:
    """Return the patterns of pages by section. They stand by themselves, or below ``page``."""
    if not isinstance(value, dict):
        return {}
    below = value.get("page")
    return {str(key): one for key, one in (below if isinstance(below, dict) else value).items() if isinstance(one, str)}


def _split_home(address: str) -> tuple[str, str]:
    """Split the address of a home page into its scheme and host, "" if that is an example, and its path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    known = parts.scheme in {"http", "https"} and (parts.hostname or "") not in _NO_HOSTS
    return f"{parts.scheme}://{parts.netloc}" if known else "", parts.path.rstrip("/")
