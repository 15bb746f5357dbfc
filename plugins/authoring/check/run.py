"""Check a content folder, or some of its files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from plugins.authoring.check.entry_checker import EntryChecker, is_sentence
from plugins.authoring.check.output_check import check_outputs
from plugins.authoring.check.people_first import Terms
from plugins.authoring.check.spelling import Slip, SpellingRun, check_spelling
from plugins.base.cache import Computation
from plugins.base.line_ends import unix_line_ends
from plugins.base.positions import Positions
from plugins.base.problem import Problem
from plugins.content_model.entry import Entry
from plugins.content_model.loader import REGISTER
from plugins.content_model.markdown_line import Line
from plugins.engine.build import Build
from plugins.engine.stages import run_stages

#: The name of the step that reads one entry.
STEP = "check"
#: Registers whose sentences are checked. The others hold names, and words that are listed because they are wrong.
_OUR_REGISTERS = ("topics.yaml", "glossary.yaml", "help.yaml")


class Outcome(Struct, frozen=True):
    """What a check found.

    Attributes:
        problems: in the order of a report.
        american: the American spellings in words of our own.
        outline: reads Markdown line by line; ``autofix`` needs it.
    """

    problems: tuple[Problem, ...]
    american: tuple[Slip, ...]
    outline: Callable[[str], Sequence[Line]]


def check_content(build: Build) -> Outcome:
    """Return every problem of the content of ``build``.

    Sends the stages of the build and renders its files; writes nothing. With ``build.only``, the bodies of other files
    are skipped, and so are their problems and those of rendered files.

    Raises:
        SpellingError: when spellings cannot be checked.
    """
    read = [*(entry.source.path for entry in build.library.entries), *(f"{REGISTER}/{name}" for name in _OUR_REGISTERS)]
    files = {path: build.content / path for path in read if build.wants(path)}
    texts = {path: decoded(file.read_bytes()) for path, file in files.items() if file.is_file()}
    with SpellingRun(texts) as spelling:
        run_stages(build)
        build.complete()
        # A build with an error renders nothing. With ``only``, pages lack the texts of the other entries.
        if build.only is None and not build.problems.errors:
            check_outputs(build)
        entries = [entry for entry in build.library.entries if build.wants(entry.source.path)]
        for found in findings_of(build, entries):
            build.problems.extend(found)
        slips = spelling.slips()
    ours = list(own_slips(build, slips))
    build.problems.extend(check_spelling(ours))
    return Outcome(
        tuple(problem for problem in build.problems if build.wants(problem.path)),
        tuple(slip for slip in ours if slip.american),
        build.texts.outline,
    )


def findings_of(build: Build, entries: Sequence[Entry]) -> Sequence[Collection[Problem]]:
    """Return what an editor should know of each of ``entries``, besides what a build tells."""
    register = build.library.registers.language
    terms = Terms(register)
    compared = tuple(term.model_dump_json() for term in register.values())

    def work(entry: Entry, _: object) -> tuple[Problem, ...]:
        return tuple(EntryChecker.of(entry, build.texts.outline).findings(terms))

    jobs = [Computation((entry.kind_name, entry.source.text, compared), partial(work, entry)) for entry in entries]
    return build.cache.get_or_compute_many(STEP, {}, jobs)


def own_slips(build: Build, slips: Iterable[Slip]) -> Iterator[Slip]:
    """Yield the slips in words of our own that the register ``spelling.yaml`` does not allow."""
    allowed = {word.casefold() for word in build.library.registers.spelling}
    checkers: dict[str, EntryChecker] = {}
    registers: dict[str, Positions] = {}
    for slip in slips:
        if slip.word.casefold() in allowed:
            continue
        folder, _, name = slip.path.partition("/")
        if folder == REGISTER:
            if name not in registers:
                registers[name] = _whole(build.library.registers.positions.get(name, {}).values())
            if is_sentence(registers[name], slip.position):
                yield slip
        else:
            if slip.path not in checkers:
                checkers[slip.path] = EntryChecker.of(build.library.by_path[slip.path], build.texts.outline)
            if checkers[slip.path].is_our_word(slip):
                yield slip


def decoded(data: bytes) -> str:
    """Return the text of a file, whatever its line ends; undecodable bytes are replaced."""
    return unix_line_ends(data.decode("utf-8", "replace"))


def _whole(items: Iterable[Positions]) -> Positions:
    """Return the positions of all items of a register as one."""
    whole = Positions()
    for number, item in enumerate(items):
        whole.keys.update({(number, *way): place for way, place in item.keys.items()})
        whole.values.update({(number, *way): place for way, place in item.values.items()})
    return whole
