"""Program: Invoke's own program, with manners."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from invoke.exceptions import Exit, ParseError, UnexpectedExit
from invoke.main import program
from invoke.program import Program

from plugins.content_model.failure import STOPPED, CodeFault, Stopped, fault
from plugins.manners.wording import plain

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

    def parse_tasks(self) -> None:
        """Read the commands; say what is not understood in plain words."""
        self._plainly(super().parse_tasks)

    def parse_cleanup(self) -> None:
        """Answer ``--help`` and the like; say what is not understood in plain words."""
        self._plainly(super().parse_cleanup)

    def execute(self) -> None:
        """Run the commands. Whatever happens, a person reads a sentence and never a traceback they did not ask for."""
        try:
            super().execute()
        except (KeyboardInterrupt, Stopped):
            print(f"\nStopped. {self._left_behind()}", file=sys.stderr)
            sys.exit(STOPPED)
        except (Exit, UnexpectedExit):
            raise
        except BrokenPipeError:
            _hang_up()
        except CodeFault as stop:
            self._tell(stop)
        except Exception as error:  # noqa: BLE001 - the last place where it can be told
            self._tell(fault(error, outcome=self._left_behind()))

    def _tell(self, stop: CodeFault) -> None:
        if self.args.debug.value and stop.__cause__ is not None:
            traceback.print_exception(stop.__cause__)
        print(stop.code, file=sys.stderr)
        sys.exit(1)

    def _left_behind(self) -> str:
        name = next((str(task.name) for task in self.tasks), "")
        return _LEFT_BEHIND.get(name, _NOTHING_WRITTEN)

    def _plainly(self, parse: Callable[[], None]) -> None:
        try:
            parse()
        except BrokenPipeError:
            _hang_up()
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


def _hang_up() -> None:
    """End quietly: whoever reads what is printed has stopped reading, as ``head`` does."""
    # Else Python itself would try to print what is left, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def adopt() -> None:
    """Give manners to the program that runs: Invoke makes it before it reads ``tasks.py``."""
    program.__class__ = PoliteProgram
