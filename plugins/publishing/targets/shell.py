"""Shell: runs commands on another computer, through the system's own ssh and the user's own settings for it."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.targets.target import TargetError

#: The status with which ssh ends when there is no connection.
_NO_CONNECTION = 255
#: Nothing asks for a password, no greeting mixes with errors, and a dead connection is noticed within a minute.
_SETTINGS = ("BatchMode=yes", "LogLevel=ERROR", "ConnectTimeout=15", "ServerAliveInterval=15", "ServerAliveCountMax=3")
#: How long the commands of a run that has died may take to end, in seconds.
_LAST_WORDS = 60


class Refused(RuntimeError):  # noqa: N818 - it is what it says: the host answered no
    """A command on the host ended with a status that is not 0.

    Attributes:
        status: that status.
        words: the last lines that it printed as errors.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


@dataclass(frozen=True, slots=True)
class Host:
    """Another computer.

    Attributes:
        name: what ssh calls it.
        user: the user there; "" for the one of the user's settings.
        port: the port; None likewise.
        options: more words for ssh, such as `-F` and a file of settings.
    """

    name: str
    user: str = ""
    port: int | None = None
    options: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The host with its user, as ssh is given it."""
        return f"{self.user}@{self.name}" if self.user else self.name

    @property
    def folders(self) -> str:
        """The host with its user, as rsync is given it before a colon."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{self.user}@{name}" if self.user else name

    def ssh(self, *settings: str) -> list[str]:
        """Return the command of ssh with ``settings``, without the address."""
        port = ["-p", str(self.port)] if self.port else []
        return ["ssh", "-T", *self.options, *port, *(word for setting in settings for word in ("-o", setting))]


class Shell:
    """A connection to ``host`` and to the folder ``place`` there. All commands go through one connection.

    Args:
        host: the computer.
        place: the folder; relative to the user's home, or absolute.
    """

    def __init__(self, host: Host, place: str) -> None:
        self._host = host
        self._place = place
        self._keeper: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @contextlib.contextmanager
    def open(self, script: str, *arguments: str) -> Iterator[str]:
        """Connect, and run a script that prints a line and then waits until its input ends. Yield that line.

        What the script holds, the host gives back whenever this process or the connection ends, however it ends.

        Raises:
            Refused: when the script ends instead.
            TargetError: when there is no connection.
        """
        folder = Path(tempfile.mkdtemp(prefix="ssh-"))
        self._socket = folder / "s"
        master = ("ControlMaster=yes", f"ControlPath={self._socket}", "ControlPersist=no")
        words = [*self._host.ssh(*_SETTINGS, *master), self._host.address, _remote(script, self._place, *arguments)]
        with (folder / "errors").open("w+b") as errors, _program("ssh"):
            keeper = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 - quoted words
            self._keeper = keeper
            try:
                if not (line := _first_line(keeper)):
                    status = keeper.wait()
                    errors.seek(0)
                    raise self._trouble(status, errors.read())
                yield line.decode(errors="replace").strip()
            finally:
                self._keeper = None
                _end(keeper)
                shutil.rmtree(folder, ignore_errors=True)

    def ask(self, script: str, *arguments: str) -> str:
        """Run a POSIX shell script that changes nothing. As ``run`` in all else."""
        return self._do([*self._ssh(), self._host.address, _remote(script, self._place, *arguments)], "")

    def run(self, script: str, *arguments: str, text: str = "") -> str:
        """Run a POSIX shell script on the host, and return what it prints.

        Args:
            script: finds the place as `$1`, and the arguments from `$2`.
            arguments: any words; they are quoted.
            text: its input.

        Raises:
            Refused: when it ends with a status that is not 0.
            TargetError: when there is no connection.
        """
        words = [*self._ssh(), self._host.address, self._patient(_remote(script, self._place, *arguments))]
        return self._do(words, text)

    def copy(self, folder: Path, path: str, *options: str) -> None:
        """Make the folder ``path``, below the place, hold what the folder ``folder`` of this machine holds.

        Args:
            folder: on this machine.
            path: below the place.
            options: words for rsync.

        Raises:
            Refused: when rsync cannot.
            TargetError: when there is no connection.
        """
        # --protect-args: the path is never read by a shell on the host, however old rsync is.
        words = ["rsync", "--protect-args", f"--rsh={shlex.join(self._ssh())}"]
        words += [f"--rsync-path={self._patient('rsync')}", *options]
        words += ["--", f"{folder}/", f"{self._host.folders}:{self._place}/{path}/"]
        self._do(words, "")

    def _do(self, words: Sequence[str], text: str) -> str:
        if self._keeper is not None and self._keeper.poll() is not None:
            raise self._trouble(_NO_CONNECTION, b"the connection was lost")
        with _program(words[0]):
            done = subprocess.run(words, input=text.encode(), capture_output=True, check=False)  # noqa: S603 - quoted words
        if done.returncode:
            raise self._trouble(done.returncode, done.stderr)
        return done.stdout.decode(errors="replace")

    def _ssh(self) -> list[str]:
        shared = ("ControlMaster=no", f"ControlPath={self._socket}") if self._socket else ()
        return self._host.ssh(*_SETTINGS, *shared)

    def _patient(self, command: str) -> str:
        """Return ``command``, marked as running: whoever publishes next waits for it although this process has died."""
        return f"flock -s -w {_LAST_WORDS} {shlex.quote(f'{self._place}/.busy')} {command}"

    def _trouble(self, status: int, errors: bytes) -> Refused | TargetError:
        words = "\n".join(errors.decode(errors="replace").strip().splitlines()[-5:])
        if status != _NO_CONNECTION:
            return Refused(status, words)
        by_hand = shlex.join([*self._host.ssh(), self._host.address, "true"])
        return TargetError(
            f"{self._host.address}: no connection by ssh ({words.splitlines()[-1] if words else 'it was lost'}). "
            f"Nothing asks for passwords here: `{by_hand}` must work without a question. "
            "Then try again.",
        )


def _remote(script: str, *arguments: str) -> str:
    """Return one line for the user's shell on the host, whichever that is, that runs ``script`` with ``arguments``."""
    return shlex.join(["sh", "-c", script, "sh", *arguments])


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    return process.stdout.readline() if process.stdout else b""


def _end(keeper: subprocess.Popen[bytes]) -> None:
    """Let the script on the host end, and end ssh if it does not."""
    for pipe in (keeper.stdin, keeper.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        keeper.wait(timeout=10)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()


@contextlib.contextmanager
def _program(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename != name:
            raise
        raise TargetError(f"The program `{name}` is not on this computer. Install it, then try again.") from None
