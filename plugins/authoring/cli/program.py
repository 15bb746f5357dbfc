"""Program: Invoke's own program, with manners."""

from __future__ import annotations

import shlex
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from invoke.exceptions import Exit, ParseError, UnexpectedExit
from invoke.main import program
from invoke.parser import Parser
from invoke.program import Program

from plugins.authoring.cli.job import CommandTask
from plugins.authoring.cli.listing import listing
from plugins.authoring.cli.wording import plain
from plugins.authoring.cli.words import helped, with_options
from plugins.base.atomic_write import written
from plugins.base.errors import INTERRUPTED_STATUS, InternalError, Interrupted, UserError, internal_error
from plugins.base.output_streams import make_streams_tolerant
from plugins.base.terminal import display_path

_NOTHING_WRITTEN = "Nothing was written."
#: What a command that works step by step leaves behind when it is stopped.
_LEFT_BEHIND = {
    "withdraw": "Run it again: it goes on from where it was.",
    "publish": "Readers see a whole site, the old one or the new one. Run it again.",
    "rollback": "Readers see a whole site, the old one or the new one. See  inv releases",
    "screenshots": "The pictures made so far are in their folder.",
    "test": "Not every test was run.",
}


class PoliteProgram(Program):
    """Invoke's program; every command goes through it."""

    #: The files that the command has written.
    _written: list[Path]

    def parse_tasks(self) -> None:
        """Read the commands; say what is not understood in plain words."""
        make_streams_tolerant()
        self._written = []
        written.connect(self._note)
        self._rewrite()
        self._plainly(super().parse_tasks)

    def _rewrite(self) -> None:
        """Put what was typed in the form that Invoke takes."""
        self.parser = self._make_parser()
        jobs = self.parser.contexts
        takes = {job.name: f"--{job.words}" for job in self._jobs() if job.words}
        if name := helped(self.core.unparsed, jobs):
            self.args.help.value = name
            self.core.unparsed = []
        # Not Invoke's own remainder, which joins the words and loses where each ends.
        rest = self.argv[self.argv.index("--") :] if "--" in self.argv else []
        self.core.unparsed, left = with_options([*self.core.unparsed, *rest], jobs, self.initial_context, takes)
        self.core.remainder = shlex.join(left)

    def _make_parser(self) -> Parser:
        # Invoke hands out the help of an option only once.
        return getattr(self, "parser", None) or super()._make_parser()

    def _jobs(self) -> list[CommandTask]:
        return [job for job in self.collection.tasks.values() if isinstance(job, CommandTask)]

    def no_tasks_given(self) -> None:
        """List the jobs: nothing was asked for."""
        self.list_flat()
        raise Exit

    def list_flat(self) -> None:
        """List the jobs by group."""
        print(listing(self._jobs()))

    def parse_cleanup(self) -> None:
        """Answer ``--help`` and the like; say what is not understood in plain words."""
        self._plainly(super().parse_cleanup)

    def execute(self) -> None:
        """Run the commands. Whatever happens, a person reads a sentence and never a traceback they did not ask for."""
        try:
            try:
                super().execute()
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except (KeyboardInterrupt, Interrupted):
            print(f"\nStopped. {self._left_behind()}", file=sys.stderr)
            sys.exit(INTERRUPTED_STATUS)
        except (Exit, UnexpectedExit):
            raise
        except InternalError as stop:
            self._tell(stop)
        except UserError as error:
            sys.exit(f"error: {error}")
        except Exception as error:  # noqa: BLE001 - the last place where it can be told
            self._tell(internal_error(error, outcome=self._left_behind()))

    def _tell(self, stop: InternalError) -> None:
        if self.args.debug.value and stop.__cause__ is not None:
            traceback.print_exception(stop.__cause__)
        print(stop.code, file=sys.stderr)
        sys.exit(1)

    def _note(self, file: Path) -> None:
        self._written.append(file)

    def _left_behind(self) -> str:
        name = next((str(task.name) for task in self.tasks), "")
        if name in _LEFT_BEHIND:
            return _LEFT_BEHIND[name]
        files = ", ".join(dict.fromkeys(map(display_path, self._written)))
        return f"Written before that: {files}." if files else _NOTHING_WRITTEN

    def _plainly(self, parse: Callable[[], None]) -> None:
        try:
            parse()
        except ValueError as error:
            # The only values that Invoke reads as anything but text are whole numbers.
            given = str(error).rpartition(": ")[2]
            raise ParseError(f"error: a whole number is expected where {given} stands") from error
        except ParseError as error:
            context = error.context
            options = [
                flag for flag in (*(context.flags if context else ()), *self.initial_context.flags) if flag[:2] == "--"
            ]
            command = str(context.name or "") if context else ""
            sentence = plain(str(error), command=command, commands=self.collection.task_names, options=options)
            raise ParseError(sentence, context) from error


def adopt() -> None:
    """Give manners to the program that runs: Invoke makes it before it reads ``tasks.py``."""
    program.__class__ = PoliteProgram
