"""Create the Jinja environment of the theme; undefined names and missing templates are errors."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from operator import itemgetter, methodcaller
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2.bccache import Bucket
from markupsafe import Markup

from plugins.base.cache import Cache, NoCache
from plugins.base.dates import date_long
from plugins.base.errors import UserError
from plugins.base.fingerprint import Lazy
from plugins.base.parallel import run_in_processes
from plugins.engine.settings import SiteSettings


class ThemeError(UserError):
    """The theme's folder cannot be used. The message says why."""


class ThemeEnvironment(Environment):
    """A Jinja environment whose templates and globals do not change while it is in use."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template as a plain dict, because Jinja compares them on every import."""
        return {**self.globals, **(d or {})}


def environment(theme: Path, site: SiteSettings) -> Environment:
    """Return the Jinja environment of the theme.

    Args:
        theme: the theme's folder, with ``templates`` and ``components``.
        site: for the prefix of addresses.

    Raises:
        ThemeError: when a folder is missing.
    """
    folders = [theme / "templates", theme / "components"]
    for folder in folders:
        if not folder.is_dir():
            raise ThemeError(
                f"the theme has no folder {folder}; THEME must name a folder with templates/ and components/"
            )
    made = ThemeEnvironment(
        loader=FileSystemLoader(folders),
        # A changed theme gets a new environment, so Jinja need not check the files on each use.
        auto_reload=False,
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
        # A method call, because a ``PrivateDate`` refuses to be formatted.
        date_iso=methodcaller("isoformat"),
        safe_html=safe_html,
    )
    return made


def safe_html(html: str) -> Markup:
    """Mark sanitised HTML as safe. Nothing else may be passed to this function."""
    return Markup(html)  # noqa: S704 - bodies are sanitised by nh3


class JinjaTheme:
    """Renders the templates and components of a theme.

    A template is a pure function of its inputs and the theme, so its result is cached under these.

    Args:
        folder: the theme's folder.
        site: for the prefix of addresses.
        cache: for pages and compiled templates.

    Raises:
        ThemeError: when the folder is not a theme.
    """

    def __init__(self, folder: Path, site: SiteSettings, cache: Cache | None = None) -> None:
        self._cache = cache or NoCache()
        self.digest = f"{digest(folder)} {site.url}"
        # An environment can be kept in memory, but not stored in a file.
        self._environment = self._cache.get_or_compute(
            "environment", (str(folder), self.digest), lambda: self._made(folder, site)
        )

    def _made(self, folder: Path, site: SiteSettings) -> Environment:
        """Make the environment. Its compiled templates can be stored, because they depend only on the theme."""
        made = environment(folder, site)
        if isinstance(self._cache, NoCache):
            return made
        codes = self._cache.get_or_compute("templates", (str(folder), self.digest), lambda: Lazy.of(compiled(made)))
        made.bytecode_cache = Compiled(codes)
        return made

    def component(self, name: str, **arguments: object) -> str:
        """Return the HTML of the component in the folder ``name``."""
        module = self._environment.get_template(f"{name}/macro.html").module
        return str(getattr(module, name.replace("-", "_"))(**arguments)).strip()

    def page(self, template: str, **inputs: object) -> str:
        """Return the HTML of ``template`` with ``inputs``."""
        # Structured data is a tree of plain dicts, which is compared by its ``repr``.
        compared_inputs = ((name, repr(value) if isinstance(value, dict) else value) for name, value in inputs.items())
        compared = (self.digest, template, tuple(sorted(compared_inputs, key=itemgetter(0))))
        return self._cache.get_or_compute(
            "page", compared, lambda: self._environment.get_template(template).render(inputs).strip() + "\n"
        )


class Compiled(BytecodeCache):
    """A Jinja cache of compiled templates. Jinja compiles templates that are missing in it.

    Args:
        codes: the compiled code of templates, by Jinja's keys.
    """

    def __init__(self, codes: Lazy[dict[str, bytes]]) -> None:
        self._codes = codes

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of ``bucket``, if there is any."""
        code = self._codes.value.get(bucket.key)
        if code is not None:
            bucket.bytecode_from_string(code)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template. Jinja encodes the path, which fails in an encoding that lacks its letters."""
        return super().get_cache_key(name, ascii(filename))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Do nothing, because ``compiled`` has compiled all templates."""


def compiled(made: Environment) -> dict[str, bytes]:
    """Return the compiled code of all templates of ``made``, without those that have a syntax error."""
    cache, loader = Compiled(Lazy.of({})), made.loader
    if loader is None:
        return {}

    def code_of(name: str) -> tuple[str, bytes]:
        source, file, _ = loader.get_source(made, name)
        bucket = cache.get_bucket(made, name, file, source)
        try:
            bucket.code = made.compile(source, name, file)
        except TemplateSyntaxError:
            return bucket.key, b""
        return bucket.key, bucket.bytecode_to_string()

    codes = run_in_processes(code_of, made.list_templates(extensions=("html",)))
    return {key: code for key, code in codes if code}


def digest(theme: Path) -> str:
    """Return a digest of all templates and components of the theme."""
    found = hashlib.sha256()
    for folder in (theme / "templates", theme / "components"):
        for file in sorted(folder.rglob("*.html")):
            data = file.read_bytes()
            found.update(f"{file.relative_to(theme).as_posix()}\0{len(data)}\0".encode() + data)
    return found.hexdigest()
