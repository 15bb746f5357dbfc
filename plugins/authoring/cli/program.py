"""Invoke's program with plain error messages, positional words and a list of commands by group."""

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
from plugins.authoring.cli.parse_errors import plain
from plugins.authoring.cli.positional_words import help_target, with_options
from plugins.base.atomic_write import written
from plugins.base.errors import INTERRUPTED_STATUS, InternalError, Interrupted, UserError, internal_error
from plugins.base.output_streams import make_streams_tolerant
from plugins.base.terminal import display_path

_NOTHING_WRITTEN = "Nothing was written."
#: The message for a command that was stopped while it worked step by step.
_LEFT_BEHIND = {
    "import": "What was written so far are drafts. Run it again: it goes on from where it was.",
    "withdraw": "Run it again: it goes on from where it was.",
    "publish": "Readers see a whole site, the old one or the new one. Run it again.",
    "rollback": "Readers see a whole site, the old one or the new one. See  inv releases",
    "screenshots": "The pictures made so far are in their folder.",
    "test": "Not every test was run.",
}


class CommandProgram(Program):
    """The program that runs every command."""

    #: Files that the command has written.
    _written: list[Path]

    def parse_tasks(self) -> None:
        """Parse the command line, with plain error messages."""
        make_streams_tolerant()
        self._written = []
        written.connect(self._note)
        self._rewrite()
        self._with_plain_errors(super().parse_tasks)

    def _rewrite(self) -> None:
        """Rewrite the command line to the form that Invoke accepts."""
        self.parser = self._make_parser()
        jobs = self.parser.contexts
        takes = {job.name: f"--{job.words}" for job in self._jobs() if job.words}
        if name := help_target(self.core.unparsed, jobs):
            self.args.help.value = name
            self.core.unparsed = []
        # Invoke's own remainder joins the words and loses where each ends.
        rest = self.argv[self.argv.index("--") :] if "--" in self.argv else []
        self.core.unparsed, left = with_options([*self.core.unparsed, *rest], jobs, self.initial_context, takes)
        self.core.remainder = shlex.join(left)

    def _make_parser(self) -> Parser:
        # Invoke returns the help of an option only once, so there is one parser.
        return getattr(self, "parser", None) or super()._make_parser()

    def _jobs(self) -> list[CommandTask]:
        return [job for job in self.collection.tasks.values() if isinstance(job, CommandTask)]

    def no_tasks_given(self) -> None:
        """List the commands."""
        self.list_flat()
        raise Exit

    def list_flat(self) -> None:
        """List the commands by group."""
        print(listing(self._jobs()))

    def parse_cleanup(self) -> None:
        """Handle ``--help`` and similar options, with plain error messages."""
        self._with_plain_errors(super().parse_cleanup)

    def execute(self) -> None:
        """Run the commands; turn any exception into one sentence, with a traceback only for ``--debug``."""
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
            self._print_error(stop)
        except UserError as error:
            sys.exit(f"error: {error}")
        except Exception as error:  # noqa: BLE001 - the outermost handler
            self._print_error(internal_error(error, outcome=self._left_behind()))

    def _print_error(self, stop: InternalError) -> None:
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

    def _with_plain_errors(self, parse: Callable[[], None]) -> None:
        try:
            parse()
        except ValueError as error:
            # Whole numbers are the only values that Invoke converts.
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
    """Replace the class of the running program, which Invoke creates before it reads ``tasks.py``."""
    program.__class__ = CommandProgram
