"""Run the checkers of HTML and style sheets on all files: Nu, html-validate and stylelint."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from plugins.link_check.built_site import BuiltPage, BuiltSite
from plugins.link_check.violation import Violation
from tests.site_audit.engines.programs import run
from tests.site_audit.pages import inline_styles
from tests.site_audit.tools import PACKAGES, Tools

#: False positives of Nu: a part of the message, and the reason.
NU_IS_WRONG = {
    "violates Content Security Policy (meta tag)": "files have no origin, and data blocks are no scripts; `csp` knows",
    "Unrecognized at-rule “@view-transition”": "CSS View Transitions 2 has it; other browsers pass over it",
}


def nu(site: BuiltSite, pages: Sequence[BuiltPage], tools: Tools) -> Iterator[Violation]:
    """Yield the errors and warnings of the Nu HTML checker in pages, style sheets and SVG files."""
    jar = tools.package("vnu-jar/build/dist/vnu.jar")
    # Nu accepts selectors for elements that HTML does not have, as in the style sheets for feeds.
    others = [site.folder / path for path in sorted(site.files) if path.endswith((".css", ".svg"))]
    files = [*(site.folder / page.path for page in pages), *others]
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    # Nu's parser of style sheets is recursive.
    for part in _parts(files):
        done = run([tools.java, "-Xss8m", "-jar", jar, *options, *part], fine=(0,))
        for message in json.loads(done.stdout)["messages"]:
            if message["type"] == "info" and message.get("subType") != "warning":
                continue
            if any(wrong in message["message"] for wrong in NU_IS_WRONG):
                continue
            where = f"line {message.get('lastLine', 1)}: {' '.join(message.get('extract', '').split())[:60]}"
            yield Violation(_address(site, message["url"].removeprefix("file:")), "nu", where, message["message"])


def html_validate(site: BuiltSite, pages: Sequence[BuiltPage], tools: Tools) -> Iterator[Violation]:
    """Yield the errors and warnings of html-validate."""
    program = tools.package("html-validate/bin/html-validate.mjs")
    files = [site.folder / page.path for page in pages]
    for part in _parts(files):
        for result in _report(
            [tools.node, program, "-c", PACKAGES / "html-validate.config.mjs", "-f"], "json={}", part
        ):
            for message in result["messages"]:
                element = f"line {message['line']}: {message.get('selector') or ''}".rstrip(": ")
                detail = f"{message['ruleId']}: {message['message']}"
                yield Violation(_address(site, result["filePath"]), "html-validate", element, detail)


def stylelint(site: BuiltSite, pages: Sequence[BuiltPage], tools: Tools) -> Iterator[Violation]:
    """Yield the errors and warnings of stylelint in the style sheets of the site and in ``style`` elements."""
    program = tools.package("stylelint/bin/stylelint.mjs")
    with tempfile.TemporaryDirectory(prefix="site-audit-") as temporary:
        # A style that many pages share is checked once.
        inline = {style: page for page in reversed(pages) for style in inline_styles(page)}
        sheets = {site.folder / path: f"/{path}" for path in sorted(site.files) if path.endswith(".css")}
        for number, (style, page) in enumerate(inline.items()):
            file = Path(temporary).resolve() / f"{number}.css"
            file.write_text(style, encoding="utf-8")
            sheets[file] = page.address
        if not sheets:
            return
        command: list[str | Path] = [
            tools.node,
            program,
            "--config",
            PACKAGES / "stylelint.config.mjs",
            "--config-basedir",
            PACKAGES,
            "-f",
            "json",
            "-o",
        ]
        for result in _report(command, "{}", list(sheets), fine=(0, 1, 2)):
            for warning in [*result["warnings"], *result["parseErrors"]]:
                where = f"line {warning['line']}, column {warning['column']}"
                yield Violation(sheets[Path(result["source"])], "stylelint", where, warning["text"])


def _report(command: Sequence[str | Path], into: str, files: Sequence[Path], *, fine: Sequence[int] = (0, 1)) -> Any:
    """Run a checker that writes its report to a file. On a pipe, some of them exit before all output is written."""
    with tempfile.TemporaryDirectory(prefix="site-audit-") as temporary:
        report = Path(temporary) / "report.json"
        run([*command, into.format(report), *files], fine=fine)
        return json.loads(report.read_text(encoding="utf-8"))


def _parts(files: Sequence[Path], size: int = 500) -> Iterator[Sequence[Path]]:
    """Split ``files`` into lists that fit a command line."""
    for start in range(0, len(files), size):
        yield files[start : start + size]


def _address(site: BuiltSite, file: str) -> str:
    path = Path(file).resolve().relative_to(site.folder.resolve()).as_posix()
    page = site.page(path)
    return page.address if page else f"/{path}"
