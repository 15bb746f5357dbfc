"""One build from a command line: ``python -m plugins.engine.incremental``; ``inv build`` does the same."""

from __future__ import annotations

import sys

from plugins.base.output_streams import make_streams_tolerant
from plugins.engine.incremental.command import run_build
from plugins.engine.incremental.options import BuildOptions


def main(arguments: list[str]) -> None:
    """Run one build with the options in ``arguments``.

    Raises:
        SystemExit: with status 1 when the build fails, after its reasons were shown.
    """
    import argparse  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m plugins.engine.incremental", description="Build the site.")
    parser.add_argument("--content", default="", help="the content folder")
    parser.add_argument("--output", default="", help="the folder for the finished site")
    parser.add_argument("--cache", default="", help="the folder of the cache")
    parser.add_argument("--as-of", default="", help="the day of the build, such as 2026-11-22; today when not given")
    parser.add_argument("--production", action="store_true", help="use the settings of publishconf.py")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=JSON", help="change a setting")
    parser.add_argument("--from-scratch", action="store_true", help="ignore the state and the cache of earlier builds")
    parser.add_argument("--explain", default="", metavar="PAGE", help="say why a page was rendered, or was not")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error in the code")
    given = parser.parse_args(arguments)
    changed = tuple(sorted((name, value) for name, _, value in (setting.partition("=") for setting in given.set)))
    make_streams_tolerant()
    run_build(
        BuildOptions(
            given.content, given.output, given.cache, given.as_of, given.production, changed, given.from_scratch,
            given.explain, given.debug,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
