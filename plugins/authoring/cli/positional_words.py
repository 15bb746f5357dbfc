"""Rewrite a command line for Invoke, which accepts words without an option only for required arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from invoke.parser.context import ParserContext

_DASHES = "--"


def help_target(typed: Sequence[str], jobs: Mapping[str, ParserContext]) -> str:
    """Return the command whose help is requested, by ``--help`` anywhere after its name; "" for none."""
    has_help = {"--help", "-h"}.intersection(typed)
    return typed[0] if has_help and typed[0] in jobs else ""


def with_options(
    typed: Sequence[str], jobs: Mapping[str, ParserContext], core: ParserContext, takes: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Return ``typed`` with an option before each word that has none, and the words after two dashes.

    Args:
        typed: names of jobs, each with what it is given. Words after two dashes belong to the last job.
        jobs: what each job can be given.
        core: what can be given to Invoke itself.
        takes: the option for words, of each job that has one. It takes those after two dashes, too.
    """
    made: list[str] = []
    option, given = "", [core]
    waiting = 0  # words that the job demands, whatever they are: `import` of `inv bench import` is no job
    words = iter(typed)
    for word in words:
        if word == _DASHES:
            rest = list(words)
            return ([*made, *(f"{option}={one}" for one in rest)], []) if option else (made, rest)
        if waiting and not word.startswith("-"):
            waiting -= 1
        elif word in jobs:
            option, given = takes.get(word, ""), [jobs[word], core]
            waiting = len(jobs[word].positional_args)
        elif flag := next((context.flags[word] for context in given if word in context.flags), None):
            made += [word, *islice(words, int(flag.takes_value))]
            continue
        elif option and not word.startswith("-"):
            word = f"{option}={word}"  # noqa: PLW2901 - the same word, in the form that Invoke takes
        made.append(word)
    return made, []
