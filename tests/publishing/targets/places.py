"""Places to publish to, with operations that only tests need."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from plugins.publishing.release.inventory import read
from plugins.publishing.targets.target import Target

#: Foreign files in a folder.
_OTHERS = (
    "notes.txt", ".lock", ".current", "releases/notes.txt", "releases/holiday/a.jpg", "releases/.old-photos/b.jpg",
    "releases/.new-photos/c.jpg", "releases/.record", "releases/2026/d.jpg", "releases/2026.sha256",
    "releases/abcdef123456/e.jpg",
)  # fmt: skip
#: Foreign objects in a bucket.
_OTHER_KEYS = (
    "notes.txt", "images/a.jpg", "_hosts/notes.txt", "_hosts/files/b.txt", "_hosts/releases/c.json",
    "_hosts/releases/notes.txt",
)  # fmt: skip
#: A process id above the maximum.
DEAD = 2**22 + 1


class Place(Struct, frozen=True):
    """A place to publish to.

    Attributes:
        target: returns a target there, as another process would.
        seen: returns what readers see, by path.
        stored: returns an identifier of each stored file, which changes if the file is sent again.
        damage: removes a part of a kept release.
        occupy: adds foreign files, some at the paths that publishing uses.
        everything: returns all files by name, foreign ones too.
        died: marks the process that was interrupted as dead, if the lock depends on it.
        interruptions: the number of steps at which a function is interrupted, fewer for slow places.
        switches_at_once: False if readers may see files of the old and the new release together.
    """

    target: Callable[[], Target]
    seen: Callable[[], dict[str, bytes]]
    stored: Callable[[], frozenset[str]]
    damage: Callable[[str], None]
    occupy: Callable[[], None]
    everything: Callable[[], dict[str, bytes]]
    died: Callable[[], None] = lambda: None
    interruptions: int = 4
    switches_at_once: bool = True


def folder_place(folder: Path, target: Callable[[], Target], interruptions: int) -> Place:
    """Return the place of ``folder``, to which ``target()`` publishes."""
    return Place(
        target=target,
        seen=lambda: _shown(folder / "current"),
        stored=lambda: frozenset(_stored(folder / "releases")),
        damage=lambda release: (folder / "releases" / release / "index.html").unlink(),
        occupy=lambda: _write_all(folder, _OTHERS),
        everything=lambda: {
            file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
        },
        interruptions=interruptions,
    )


def s3_place(client: Any, bucket: str, prefix: str, target: Callable[[], Target]) -> Place:
    """Return the place of ``bucket`` below ``prefix``, to which ``target()`` publishes. ``client`` is boto3's."""

    def keys(below: str = "") -> list[str]:
        found = client.list_objects_v2(Bucket=bucket, Prefix=prefix + below).get("Contents", ())
        return [one["Key"].removeprefix(prefix) for one in found]

    def get(key: str) -> bytes:
        data = client.get_object(Bucket=bucket, Key=prefix + key)["Body"].read()
        assert isinstance(data, bytes)
        return data

    def name(key: str) -> str:
        return f"{key} {client.head_object(Bucket=bucket, Key=prefix + key)['LastModified']}"

    def damage(release: str) -> None:
        sum_ = read(get(f"_hosts/releases/{release}.json")).items["index.html"].sha256
        client.delete_object(Bucket=bucket, Key=f"{prefix}_hosts/files/{sum_}")

    def occupy() -> None:
        for key in _OTHER_KEYS:
            client.put_object(Bucket=bucket, Key=prefix + key, Body=b"others")

    def died() -> None:
        if "_hosts/lock.json" in keys():
            lease = json.loads(get("_hosts/lock.json"))
            client.put_object(
                Bucket=bucket, Key=f"{prefix}_hosts/lock.json", Body=json.dumps({**lease, "process": DEAD})
            )

    return Place(
        target=target,
        seen=lambda: {key: get(key) for key in keys() if not key.startswith("_hosts/")},
        stored=lambda: frozenset(name(key) for key in keys("_hosts/files/")),
        damage=damage,
        occupy=occupy,
        everything=lambda: {key: get(key) for key in keys()},
        died=died,
        switches_at_once=False,
    )


def git_place(repository: Path, target: Callable[[], Target]) -> Place:
    """Return the place of the branch `pages` of the bare ``repository``, to which ``target()`` publishes."""
    git, commit = partial(_git, repository), partial(_commit, repository)

    def seen() -> dict[str, bytes]:
        paths = git("ls-tree", "-r", "-z", "--name-only", "pages").decode().split("\0")[:-1]
        assert {"_headers", "_redirects", ".nojekyll"} <= {*paths}
        return {path: git("show", f"pages:{path}") for path in paths if path[0] not in "_."}

    def stored() -> frozenset[str]:
        found = git("rev-list", "--all", "--objects", "--filter=object:type=blob", "--filter-provided-objects")
        return frozenset(line.split()[0] for line in found.decode().splitlines())

    def damage(release: str) -> None:
        ref = f"refs/releases/pages/{release}"
        site = git("mktree", text=b"".join(git("ls-tree", f"{ref}:site").splitlines(keepends=True)[1:]))
        listing = git("ls-tree", ref, "release.json")
        tree = git("mktree", text=listing + b"040000 tree " + site.strip() + b"\tsite\n")
        git("update-ref", ref, commit(tree, git("show", "--no-patch", "--format=%B", ref).decode()))

    def died() -> None:
        ref = "refs/publishing/pages"
        if git("for-each-ref", ref):
            lease = json.loads(git("show", "--no-patch", "--format=%B", ref))
            git("update-ref", ref, commit(git("mktree"), json.dumps({**lease, "process": DEAD})))

    return Place(
        target=target,
        seen=seen,
        stored=stored,
        damage=damage,
        occupy=lambda: _occupy_branch(repository),
        everything=lambda: _refs(repository),
        died=died,
    )


def _git(repository: Path, *words: str, text: bytes = b"") -> bytes:
    return subprocess.run(["git", *words], cwd=repository, input=text, check=True, stdout=subprocess.PIPE).stdout


def _commit(repository: Path, tree: bytes, message: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@localhost")
    return _git(repository, *identity, "commit-tree", tree.decode().strip(), "-m", message).decode().strip()


def _occupy_branch(repository: Path) -> None:
    others = _commit(repository, _git(repository, "mktree"), "Theirs")
    names = ["heads/main", "releases/pages/notes", "releases/pages/abcdef123456", "publishing/other"]
    if "refs/heads/pages" not in _refs(repository):
        names.append("heads/pages")
    for name in names:
        _git(repository, "update-ref", f"refs/{name}", others)


def _refs(repository: Path) -> dict[str, bytes]:
    lines = _git(repository, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    return {ref.decode(): id_ for ref, _, id_ in (line.partition(b" ") for line in lines)}


def _write_all(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"others")


def _shown(root: Path) -> dict[str, bytes]:
    """Return what a server serves of ``root``."""
    return {
        path: file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and not (path := file.relative_to(root).as_posix()).startswith("_")
        and not path.endswith((".br", ".gz"))
    }  # fmt: skip


def _stored(folder: Path) -> Iterable[str]:
    for file in folder.glob("*/**/*"):
        if file.is_file():
            stat = file.stat()
            yield f"{stat.st_ino} {stat.st_mtime_ns} {stat.st_size}"
