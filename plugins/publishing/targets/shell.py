"""Run commands on another computer through the system's ssh, with the user's configuration."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from plugins.publishing.targets.target import TargetError

#: The exit status of ssh without a connection.
_CONNECTION_FAILED = 255
#: No password prompts, no banner among the errors, and a dead connection is detected within a minute.
_SSH_OPTIONS = (
    "BatchMode=yes",
    "LogLevel=ERROR",
    "ConnectTimeout=15",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=3",
)
#: Seconds that the commands of a dead run may take to end.
_BUSY_TIMEOUT = 60


class RemoteCommandError(RuntimeError):
    """A command on the host ended with a status other than 0.

    Attributes:
        status: the exit status.
        error_lines: the last lines of its standard error.
    """

    def __init__(self, status: int, error_lines: str) -> None:
        super().__init__(error_lines)
        self.status = status
        self.error_lines = error_lines


class Host(Struct, frozen=True):
    """Another computer.

    Attributes:
        name: its name for ssh.
        user: the user there, or "" for the one in the configuration of ssh.
        port: the port, or None likewise.
        options: further arguments for ssh, such as `-F` and a configuration file.
    """

    name: str
    user: str = ""
    port: int | None = None
    options: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The host with its user, as an argument of ssh."""
        return f"{self.user}@{self.name}" if self.user else self.name

    @property
    def rsync_address(self) -> str:
        """The host with its user, as rsync expects it before a colon."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{self.user}@{name}" if self.user else name

    def ssh(self, *settings: str) -> list[str]:
        """Return the ssh command with ``settings``, without the address."""
        port = ["-p", str(self.port)] if self.port else []
        return ["ssh", "-T", *self.options, *port, *(word for setting in settings for word in ("-o", setting))]


class Shell:
    """A connection to the folder ``place`` on ``host``. All commands share it.

    Args:
        host: the computer.
        place: the folder, absolute or relative to the user's home.
    """

    def __init__(self, host: Host, place: str) -> None:
        self._host = host
        self._place = place
        self._master: subprocess.Popen[bytes] | None = None
        self._socket: Path | None = None

    @contextlib.contextmanager
    def open(self, script: str, *arguments: str) -> Iterator[str]:
        """Connect, and run a script that prints one line and then waits for the end of its input. Yield that line.

        Locks that the script holds are released when this process or the connection ends.

        Raises:
            RemoteCommandError: if the script ends before it prints a line.
            TargetError: if there is no connection.
        """
        folder = Path(tempfile.mkdtemp(prefix="ssh-"))
        self._socket = folder / "s"
        shared = ("ControlMaster=yes", f"ControlPath={self._socket}", "ControlPersist=no")
        command = [
            *self._host.ssh(*_SSH_OPTIONS, *shared),
            self._host.address,
            _remote(script, self._place, *arguments),
        ]
        with (folder / "errors").open("w+b") as errors, _require_program("ssh"):
            master = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 - quoted words
            self._master = master
            try:
                if not (line := _first_line(master)):
                    status = master.wait()
                    errors.seek(0)
                    raise self._error(status, errors.read())
                yield line.decode(errors="replace").strip()
            finally:
                self._master = None
                _close(master)
                shutil.rmtree(folder, ignore_errors=True)

    def ask(self, script: str, *arguments: str) -> str:
        """Run a POSIX shell script that changes nothing. See ``run``."""
        return self._execute([*self._ssh(), self._host.address, _remote(script, self._place, *arguments)], "")

    def run(self, script: str, *arguments: str, text: str = "") -> str:
        """Run a POSIX shell script on the host, and return its output.

        Args:
            script: gets the place as `$1`, and the arguments from `$2`.
            arguments: the arguments, which are quoted.
            text: the standard input.

        Raises:
            RemoteCommandError: if the script ends with a status other than 0.
            TargetError: if there is no connection.
        """
        command = [*self._ssh(), self._host.address, self._marked_busy(_remote(script, self._place, *arguments))]
        return self._execute(command, text)

    def copy(self, folder: Path, path: str, *options: str) -> None:
        """Make the folder ``path`` below the place a copy of the local folder ``folder``.

        Args:
            folder: the local folder.
            path: the path below the place.
            options: arguments for rsync.

        Raises:
            RemoteCommandError: if rsync fails.
            TargetError: if there is no connection.
        """
        # With --protect-args, no version of rsync passes the path to a shell on the host.
        command = ["rsync", "--protect-args", f"--rsh={shlex.join(self._ssh())}"]
        command += [f"--rsync-path={self._marked_busy('rsync')}", *options]
        command += ["--", f"{folder}/", f"{self._host.rsync_address}:{self._place}/{path}/"]
        self._execute(command, "")

    def _execute(self, command: Sequence[str], text: str) -> str:
        if self._master is not None and self._master.poll() is not None:
            raise self._error(_CONNECTION_FAILED, b"the connection was lost")
        with _require_program(command[0]):
            done = subprocess.run(command, input=text.encode(), capture_output=True, check=False)  # noqa: S603 - quoted words
        if done.returncode:
            raise self._error(done.returncode, done.stderr)
        return done.stdout.decode(errors="replace")

    def _ssh(self) -> list[str]:
        shared = ("ControlMaster=no", f"ControlPath={self._socket}") if self._socket else ()
        return self._host.ssh(*_SSH_OPTIONS, *shared)

    def _marked_busy(self, command: str) -> str:
        """Return ``command`` under a shared lock. The next run waits for it even if this process has died."""
        return f"flock -s -w {_BUSY_TIMEOUT} {shlex.quote(f'{self._place}/.busy')} {command}"

    def _error(self, status: int, errors: bytes) -> RemoteCommandError | TargetError:
        error_lines = "\n".join(errors.decode(errors="replace").strip().splitlines()[-5:])
        if status != _CONNECTION_FAILED:
            return RemoteCommandError(status, error_lines)
        manual_command = shlex.join([*self._host.ssh(), self._host.address, "true"])
        reason = error_lines.splitlines()[-1] if error_lines else "it was lost"
        return TargetError(
            f"{self._host.address}: no connection by ssh ({reason}). "
            f"Nothing asks for passwords here: `{manual_command}` must work without a question. "
            "Then try again.",
        )


def _remote(script: str, *arguments: str) -> str:
    """Return a command line, valid in any login shell, that runs ``script`` with ``arguments``."""
    return shlex.join(["sh", "-c", script, "sh", *arguments])


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    return process.stdout.readline() if process.stdout else b""


def _close(master: subprocess.Popen[bytes]) -> None:
    """Close the pipes so that the script ends, and kill ssh if it does not."""
    for pipe in (master.stdin, master.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        master.wait(timeout=10)
    except subprocess.TimeoutExpired:
        master.kill()
        master.wait()


@contextlib.contextmanager
def _require_program(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename != name:
            raise
        raise TargetError(f"The program `{name}` is not on this computer. Install it, then try again.") from None
