"""Publish to a branch of a git repository that a host serves (GitHub Pages, Codeberg, Cloudflare, Netlify).

The branch has one commit without parents, because a history would keep what was withdrawn. Each kept release is a
commit at the ref ``refs/releases/<branch>/<id>``. Its tree has ``site``, the folder that a switch puts on the branch,
and ``release.json``, the inventory. The message of each commit shows that publishing made it. A branch whose commit
has another message is refused. A host may keep unreferenced commits for some weeks.

Compressed forms and the rules of other hosts are left out. ``_headers`` and ``_redirects`` are included.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from plugins.publishing.release.inventory import Inventory
from plugins.publishing.release.release import Release
from plugins.publishing.targets.checksums import release_checksums
from plugins.publishing.targets.lease import new_lease, read_lease
from plugins.publishing.targets.repository import GitError, Repository, without_secrets
from plugins.publishing.targets.retention import inventory_of, is_id, newest_first, not_kept_error, releases_to_delete
from plugins.publishing.targets.target import Kept, TargetError

#: The rule files that hosts of branches read.
_RULE_FILES = {"_headers", "_redirects"}
#: Keeps GitHub Pages from leaving out files that begin with an underscore.
_EXTRA_FILES = {".nojekyll": b""}
_INVENTORY_FILE = "release.json"
_SENT_PREFIX = "Sent: "
_LIVE_PREFIX = "Release: "


class GitTarget:
    """A branch of a git repository. See ``Target``.

    Every push names the commit that it replaces, so that it never overwrites another push. The lock is a ref with a
    lease, which expires after ten minutes.

    Args:
        remote: the address of the repository, or the name of a remote in the working folder's repository.
        branch: the branch, which is created if it does not exist.
    """

    follows_rules = False

    def __init__(self, remote: str, branch: str) -> None:
        self.name = f"{without_secrets(remote)}#{branch}"
        self.adopted = False
        self._remote = remote
        self._branch = f"refs/heads/{branch}"
        self._releases = f"refs/releases/{branch}/"
        self._lock = f"refs/publishing/{branch}"
        self._opened_repository: Repository | None = None
        self._refs: dict[str, str] = {}

    def reading(self) -> AbstractContextManager[None]:
        """Fetch the releases for reading. See ``Target``."""
        return self._reading()

    def locked(self) -> AbstractContextManager[None]:
        """Hold the lock ref. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with self._temporary_repository():
            self._fetch_releases()
            yield

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._temporary_repository():
            lease = new_lease()
            tree = self._repository.git("mktree").strip()
            commit = self._repository.commit(tree, lease.to_json())
            try:
                self._acquire(commit)
                self._fetch_releases()
                self._live_id()
                yield
            finally:
                # If another run took the lock over, it has another commit, and this push fails.
                with contextlib.suppress(GitError):
                    self._repository.push({self._lock: ""}, {self._lock: commit})

    @contextlib.contextmanager
    def _temporary_repository(self) -> Iterator[None]:
        with tempfile.TemporaryDirectory(prefix="publishing-", ignore_cleanup_errors=True) as folder:
            with self._converting_errors():
                self._opened_repository = Repository(Path(folder), self._remote)
            try:
                yield
            finally:
                self._opened_repository = None

    def _fetch_releases(self) -> None:
        with self._converting_errors():
            self._refs = self._repository.ls_remote(self._branch, f"{self._releases}*")
            self._repository.fetch(list(self._refs))

    def live(self) -> Inventory | None:
        """Return the inventory of the live release. See ``Target``."""
        found = self._live_id()
        return self.inventory(found) if found and self._ref(found) in self._refs else None

    def kept(self) -> Sequence[Kept]:
        """Return the kept releases. See ``Target``."""
        live = self._live_id()
        ids = [ref.removeprefix(self._releases) for ref in self._refs if ref.startswith(self._releases)]
        sent = {id_: self._sent(id_) for id_ in ids if is_id(id_)}
        return newest_first([Kept(id_, when, id_ == live) for id_, when in sent.items() if when])

    def inventory(self, release: str) -> Inventory:
        """Return the inventory of a kept release. See ``Target``."""
        if not is_id(release) or self._ref(release) not in self._refs:
            raise not_kept_error(release, self.name)
        try:
            text = self._repository.git("show", f"{self._ref(release)}:{_INVENTORY_FILE}")
        except GitError as error:
            raise self._incomplete_error(release) from error
        return inventory_of(release, text, self.name)

    def send(self, release: Release) -> None:
        """Push ``release`` to a ref that is not a branch. See ``Target``."""
        release_checksums(release)
        id_ = release.inventory.id
        with self._converting_errors():
            if self._ref(id_) in self._refs and self._is_complete(id_):
                tree = self._repository.git("rev-parse", f"{self._ref(id_)}^{{tree}}").strip()
            else:
                tree = self._release_tree(release)
            commit = self._repository.commit(tree, f"Release {id_}\n\n{_SENT_PREFIX}{time.time()}\n")
            self._push({self._ref(id_): commit})

    def switch(self, release: str) -> None:
        """Push the tree of a kept release to the branch. See ``Target``."""
        if not is_id(release) or self._ref(release) not in self._refs:
            raise not_kept_error(release, self.name)
        if not self._is_complete(release):
            raise self._incomplete_error(release)
        self._live_id()
        with self._converting_errors():
            # Hosts do not deploy the same commit twice, so an older release gets a new commit as well.
            tree = self._repository.git("rev-parse", f"{self._ref(release)}:site").strip()
            commit = self._repository.commit(tree, f"Publish release {release}\n\n{_LIVE_PREFIX}{release}\n")
            self._push({self._branch: commit})

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Delete old releases. See ``Target``."""
        if removed := releases_to_delete(self.kept(), keep, unwanted, self.inventory):
            with self._converting_errors():
                self._push({self._ref(id_): "" for id_ in removed})

    @property
    def _repository(self) -> Repository:
        if self._opened_repository is None:
            raise TargetError(f"{self.name} is not locked. This is a mistake in the program; please report it.")
        return self._opened_repository

    def _ref(self, release: str) -> str:
        return f"{self._releases}{release}"

    def _release_tree(self, release: Release) -> str:
        """Return the id of the tree of a release: the folder ``site``, and the inventory beside it."""
        paths = _paths(release.inventory)
        site = self._repository.tree(release.folder, paths, _EXTRA_FILES)
        text = release.inventory.to_json()
        listing = self._repository.git("hash-object", "-w", "--stdin", text=text).strip()
        return self._repository.git(
            "mktree", text=f"100644 blob {listing}\t{_INVENTORY_FILE}\n040000 tree {site}\tsite\n"
        ).strip()

    def _is_complete(self, release: str) -> bool:
        """Return whether a kept release has all its files. Git itself verifies their content."""
        try:
            found = self._repository.git("ls-tree", "-r", "-z", "--name-only", f"{self._ref(release)}:site")
            return {*found.split("\0")} == {*_paths(self.inventory(release)), *_EXTRA_FILES, ""}
        except (GitError, TargetError):
            return False

    def _incomplete_error(self, release: str) -> TargetError:
        return TargetError(
            f"{self.name}: the release {release} is not whole. Readers see what they saw before. "
            "Publish it again, or choose another.",
        )

    def _live_id(self) -> str:
        if self._branch not in self._refs:
            return ""
        *_, last = self._repository.message(self._branch).strip().splitlines() or [""]
        if not last.startswith(_LIVE_PREFIX):
            raise TargetError(
                f"{self.name}: this branch holds what was not published by this program, and would be lost. "
                "Name another branch, or delete this one.",
            )
        return last.removeprefix(_LIVE_PREFIX)

    def _sent(self, release: str) -> float:
        """Return the time at which ``release`` was uploaded, or 0 if publishing did not make the ref."""
        *_, last = self._repository.message(self._ref(release)).strip().splitlines() or [""]
        try:
            return float(last.removeprefix(_SENT_PREFIX))
        except ValueError:
            return 0.0

    def _push(self, changes: dict[str, str]) -> None:
        self._repository.push(changes, self._refs)
        refs = {**self._refs, **changes}
        self._refs = {ref: commit for ref, commit in refs.items() if commit}

    def _acquire(self, commit: str) -> None:
        with self._converting_errors():
            found = self._repository.ls_remote(self._lock)
            self._repository.fetch(list(found))
            other = read_lease(self._repository.message(self._lock)) if found else None
            if found and not other:
                raise TargetError(f"{self.name}: the ref {self._lock} is no lock of ours. Delete it, then try again.")
            if other and not other.is_over:
                raise other.refusal(self.name, self._lock)
            # If two runs find the lock free or expired, git accepts only one of the two pushes.
            self._repository.push({self._lock: commit}, found)

    @contextlib.contextmanager
    def _converting_errors(self) -> Iterator[None]:
        try:
            yield
        except GitError as error:
            raise self._target_error(error) from error

    def _target_error(self, error: GitError) -> TargetError:
        if "stale info" in str(error):
            return TargetError(f"{self.name}: somebody else changed it in the meantime. Try again.")
        return TargetError(
            f"{self.name}: git says: {str(error) or 'nothing'}. Readers see what they saw before. Git must be "
            "able to fetch from and push to that repository without a question. See that it can, then try again.",
        )


def _paths(inventory: Inventory) -> list[str]:
    """Return the sorted paths of the files that the branch holds."""
    return sorted(item.path for item in inventory if item.is_shown or item.path in _RULE_FILES)
