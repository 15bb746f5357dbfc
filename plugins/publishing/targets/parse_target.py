"""Parse the address of a target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from plugins.base.optional_dependencies import install_advice
from plugins.publishing.targets.folder import FolderTarget
from plugins.publishing.targets.git import GitTarget
from plugins.publishing.targets.shell import Host
from plugins.publishing.targets.ssh import SshTarget
from plugins.publishing.targets.target import Target, TargetError

_EXAMPLES = """
  folder:/srv/community                    a folder of this computer
  ssh://user@host:22/srv/community         a folder of another computer; the user and the port may be left out
  s3://bucket/folder                       a bucket of S3; the folder may be left out
  git:git@example.org:us/site.git#pages    a branch of a git repository"""
_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
#: Excludes a leading hyphen, which ssh reads as an option, and characters that a shell interprets.
_HOST_OR_USER = r"[A-Za-z0-9_:][A-Za-z0-9_.:-]*"
_BRANCH = r"[A-Za-z0-9_][A-Za-z0-9_./-]*"


def parse_target(address: str, *, reload: str = "", ssh_options: Sequence[str] = ()) -> Target:
    """Return the target at ``address``, without connecting to it.

    Args:
        address: such as `folder:/srv/site`, `ssh://user@host:port/srv/site`, `s3://bucket/folder`, `git:REMOTE#BRANCH`.
        reload: a command that the host of a folder or of an SSH target runs after each switch, or "" for none.
        ssh_options: arguments for ssh before the address, such as `-F` and a configuration file.

    Raises:
        TargetError: if the address is invalid, or if S3 lacks a region, readable credentials or boto3.
    """
    kind, colon, rest = address.strip().partition(":")
    if colon and rest:
        match kind:
            case "folder":
                return _folder(rest, reload)
            case "ssh":
                return _ssh(address.strip(), reload, ssh_options)
            case "s3":
                return _s3(address.strip())
            case "git":
                return _git(rest)
    raise TargetError(f"Where to publish? {_shown(address)} is no address. It is one of:{_EXAMPLES}")


def _folder(path: str, reload: str) -> Target:
    place = Path(path).expanduser()
    if not place.is_absolute():
        raise TargetError(
            f"folder:{path} depends on where it is asked from. Write the whole path: folder:{place.absolute()}.",
        )
    return FolderTarget(place, reload)


def _ssh(address: str, reload: str, options: Sequence[str]) -> Target:
    found, port = _split(address)
    if found.password is not None:
        raise TargetError(
            "An address must hold no password: it would be seen by others. Let ssh log in with a key, and write "
            f"ssh://{found.username}@{found.hostname}{found.path}.",
        )
    user, path = unquote(found.username or ""), unquote(found.path).rstrip("/")
    # ``hostname`` is in lower case, but a host alias in the configuration of ssh may have capitals.
    name = found.netloc.rpartition("@")[2]
    host = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    if not re.fullmatch(_HOST_OR_USER, host) or (user and not re.fullmatch(_HOST_OR_USER, user)):
        raise TargetError(f"{address} names no host. Write it as ssh://user@host:22/srv/community.")
    if not path.strip("/~") or found.query or found.fragment:
        raise TargetError(f"{address} names no folder. Write it as {address.rstrip('/~')}/srv/community.")
    # As in git's URLs, /~/ stands for the user's home.
    return SshTarget(Host(host, user, port, tuple(options)), path.removeprefix("/~/"), reload)


def _s3(address: str) -> Target:
    found, _ = _split(address)
    if found.username is not None or found.query or not re.fullmatch(_BUCKET, found.netloc):
        raise TargetError(
            f"{_shown(address)} names no bucket. Write it as s3://bucket or s3://bucket/folder, without credentials: "
            "those come from the environment or the files of AWS.",
        )
    if missing := install_advice("s3"):
        raise TargetError(missing)
    # Only the extra `s3` installs boto3, and it is slow to import.
    from plugins.publishing.targets.s3 import S3Target  # noqa: PLC0415

    return S3Target(found.netloc, unquote(found.path).strip("/"))


def _git(rest: str) -> Target:
    remote, _, branch = rest.rpartition("#")
    if not remote or remote.startswith("-") or not re.fullmatch(_BRANCH, branch) or ".." in branch:
        raise TargetError(
            f"{_shown(f'git:{rest}')} names no branch. Write it as git:REMOTE#BRANCH, such as git:origin#pages."
        )
    return GitTarget(remote, branch)


def _split(address: str) -> tuple[SplitResult, int | None]:
    try:
        return (found := urlsplit(address)), found.port
    except ValueError as error:
        raise TargetError(f"{_shown(address)} is no address: {error}. It is one of:{_EXAMPLES}") from None


def _shown(address: str) -> str:
    """Return ``address`` without user name and password."""
    return repr(re.sub(r"//[^/@\s]*@", "//", address))
