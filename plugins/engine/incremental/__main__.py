"""One build from a command line: ``python -m plugins.engine.incremental``; ``inv build`` does the same."""

from __future__ import annotations

import sys

from plugins.base.output_streams import make_streams_tolerant
from plugins.engine.incremental.command import run
from plugins.engine.incremental.options import Asked


def main(arguments: list[str]) -> None:
    """Build what ``arguments`` ask for.

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown.
    """
    import argparse  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m plugins.engine.incremental", description="Build the site.")
    parser.add_argument("--content", default="", help="the content folder")
    parser.add_argument("--output", default="", help="the folder for the finished site")
    parser.add_argument("--cache", default="", help="the folder to remember things in")
    parser.add_argument("--as-of", default="", help="the day of the build, such as 2026-11-22; today when not given")
    parser.add_argument("--production", action="store_true", help="use the settings of publishconf.py")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=JSON", help="change a setting")
    parser.add_argument("--from-scratch", action="store_true", help="use nothing that an earlier build left")
    parser.add_argument("--explain", default="", metavar="PAGE", help="tell why a page was made anew, or was not")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a mistake in the code")
    given = parser.parse_args(arguments)
    changed = tuple(sorted((name, value) for name, _, value in (setting.partition("=") for setting in given.set)))
    make_streams_tolerant()
    run(
        Asked(
            given.content, given.output, given.cache, given.as_of, given.production, changed, given.from_scratch,
            given.explain, given.debug,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
