"""Git: publishes to a branch that a host of pages serves (GitHub Pages, Codeberg, Cloudflare, Netlify).

The branch has one commit, without a past: a past would show what was withdrawn for good. Each kept release is a
commit of its own that no branch shows, ``refs/releases/<branch>/<id>``: in it stand ``site``, the folder that a switch
puts on the branch, and ``release.json``, the inventory. The message of each commit marks it as made by publishing; a
branch with another commit is refused. A host may keep commits that nothing names for some weeks.

Packed forms and the rules of other hosts stay away; ``_headers`` and ``_redirects`` are for hosts of this kind.
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
from plugins.publishing.targets.checksums import sums
from plugins.publishing.targets.lease import new_lease, read_lease
from plugins.publishing.targets.repository import GitRefused, Repository, without_secrets
from plugins.publishing.targets.retention import in_order, inventory_of, is_id, leaving, not_kept
from plugins.publishing.targets.target import Kept, TargetError

#: What hosts of pages read.
_RULES = {"_headers", "_redirects"}
#: Keeps GitHub from leaving out what begins with an underscore.
_MORE = {".nojekyll": b""}
_LIST = "release.json"
_SENT = "Sent: "
_LIVE = "Release: "


class GitTarget:
    """A branch of a git repository; see ``Target``.

    Every push names the commit that it replaces, so that nothing is lost that somebody else pushed. The lock is a ref,
    which two cannot make at once; it ends after ten minutes.

    Args:
        remote: the address of the repository, or the name of a remote of the repository of the working folder.
        branch: the branch; it is made when it is not there.
    """

    follows_rules = False

    def __init__(self, remote: str, branch: str) -> None:
        self.name = f"{without_secrets(remote)}#{branch}"
        self.adopted = False
        self._remote = remote
        self._branch = f"refs/heads/{branch}"
        self._releases = f"refs/releases/{branch}/"
        self._lock = f"refs/publishing/{branch}"
        self._open: Repository | None = None
        self._there: dict[str, str] = {}

    def reading(self) -> AbstractContextManager[None]:
        """Look without changing anything. See ``Target``."""
        return self._reading()

    def locked(self) -> AbstractContextManager[None]:
        """Keep others from publishing there. See ``Target``."""
        return self._locked()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        with self._opened():
            self._look()
            yield

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._opened():
            lease = new_lease()
            tree = self._repository.git("mktree").strip()
            commit = self._repository.commit(tree, lease.to_json())
            try:
                self._take(commit)
                self._look()
                self._live_id()
                yield
            finally:
                # Another one's lock has another commit, and stays.
                with contextlib.suppress(GitRefused):
                    self._repository.push({self._lock: ""}, {self._lock: commit})

    @contextlib.contextmanager
    def _opened(self) -> Iterator[None]:
        with tempfile.TemporaryDirectory(prefix="publishing-", ignore_cleanup_errors=True) as folder:
            with self._telling():
                self._open = Repository(Path(folder), self._remote)
            try:
                yield
            finally:
                self._open = None

    def _look(self) -> None:
        with self._telling():
            self._there = self._repository.there(self._branch, f"{self._releases}*")
            self._repository.fetch(list(self._there))

    def live(self) -> Inventory | None:
        """Return what readers see. See ``Target``."""
        found = self._live_id()
        return self.inventory(found) if found and self._ref(found) in self._there else None

    def kept(self) -> Sequence[Kept]:
        """Return the releases that are kept. See ``Target``."""
        live = self._live_id()
        ids = [ref.removeprefix(self._releases) for ref in self._there if ref.startswith(self._releases)]
        sent = {id_: self._sent(id_) for id_ in ids if is_id(id_)}
        return in_order([Kept(id_, when, id_ == live) for id_, when in sent.items() if when])

    def inventory(self, release: str) -> Inventory:
        """Return what is in a kept release. See ``Target``."""
        if not is_id(release) or self._ref(release) not in self._there:
            raise not_kept(release, self.name)
        try:
            text = self._repository.git("show", f"{self._ref(release)}:{_LIST}")
        except GitRefused as refused:
            raise self._not_whole(release) from refused
        return inventory_of(release, text, self.name)

    def send(self, release: Release) -> None:
        """Push ``release`` to where no branch shows it. See ``Target``."""
        sums(release)
        id_ = release.inventory.id
        with self._telling():
            if self._ref(id_) in self._there and self._is_whole(id_):
                tree = self._repository.git("rev-parse", f"{self._ref(id_)}^{{tree}}").strip()
            else:
                tree = self._tree(release)
            commit = self._repository.commit(tree, f"Release {id_}\n\n{_SENT}{time.time()}\n")
            self._push({self._ref(id_): commit})

    def switch(self, release: str) -> None:
        """Let the branch show a kept release, by one push. See ``Target``."""
        if not is_id(release) or self._ref(release) not in self._there:
            raise not_kept(release, self.name)
        if not self._is_whole(release):
            raise self._not_whole(release)
        self._live_id()
        with self._telling():
            # A new commit even for an old release: hosts do not build a commit twice.
            tree = self._repository.git("rev-parse", f"{self._ref(release)}:site").strip()
            commit = self._repository.commit(tree, f"Publish release {release}\n\n{_LIVE}{release}\n")
            self._push({self._branch: commit})

    def tidy(self, keep: int, unwanted: Callable[[Inventory], bool]) -> None:
        """Take away what nobody needs. See ``Target``."""
        if going := leaving(self.kept(), keep, unwanted, self.inventory):
            with self._telling():
                self._push({self._ref(id_): "" for id_ in going})

    @property
    def _repository(self) -> Repository:
        if self._open is None:
            raise TargetError(f"{self.name} is not locked. This is a mistake in the program; please report it.")
        return self._open

    def _ref(self, release: str) -> str:
        return f"{self._releases}{release}"

    def _tree(self, release: Release) -> str:
        """Return the tree of a release: the folder that readers will see, and the inventory beside it."""
        paths = _paths(release.inventory)
        site = self._repository.tree(release.folder, paths, _MORE)
        text = release.inventory.to_json()
        listing = self._repository.git("hash-object", "-w", "--stdin", text=text).strip()
        return self._repository.git(
            "mktree", text=f"100644 blob {listing}\t{_LIST}\n040000 tree {site}\tsite\n"
        ).strip()

    def _is_whole(self, release: str) -> bool:
        """Whether a kept release has all its files; that each is what it was, git itself makes sure."""
        try:
            found = self._repository.git("ls-tree", "-r", "-z", "--name-only", f"{self._ref(release)}:site")
            return {*found.split("\0")} == {*_paths(self.inventory(release)), *_MORE, ""}
        except (GitRefused, TargetError):
            return False

    def _not_whole(self, release: str) -> TargetError:
        return TargetError(
            f"{self.name}: the release {release} is not whole. Readers see what they saw before. "
            "Publish it again, or choose another.",
        )

    def _live_id(self) -> str:
        if self._branch not in self._there:
            return ""
        *_, last = self._repository.message(self._branch).strip().splitlines() or [""]
        if not last.startswith(_LIVE):
            raise TargetError(
                f"{self.name}: this branch holds what was not published by this program, and would be lost. "
                "Name another branch, or delete this one.",
            )
        return last.removeprefix(_LIVE)

    def _sent(self, release: str) -> float:
        """Return when ``release`` was sent; 0 where its ref is somebody else's."""
        *_, last = self._repository.message(self._ref(release)).strip().splitlines() or [""]
        try:
            return float(last.removeprefix(_SENT))
        except ValueError:
            return 0.0

    def _push(self, changes: dict[str, str]) -> None:
        self._repository.push(changes, self._there)
        there = {**self._there, **changes}
        self._there = {ref: commit for ref, commit in there.items() if commit}

    def _take(self, commit: str) -> None:
        with self._telling():
            found = self._repository.there(self._lock)
            self._repository.fetch(list(found))
            other = read_lease(self._repository.message(self._lock)) if found else None
            if found and not other:
                raise TargetError(f"{self.name}: the ref {self._lock} is no lock of ours. Delete it, then try again.")
            if other and not other.is_over:
                raise other.refusal(self.name, self._lock)
            # Of two who find the same lock over, or none, git lets only one push.
            self._repository.push({self._lock: commit}, found)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except GitRefused as refused:
            raise self._refusal(refused) from refused

    def _refusal(self, refused: GitRefused) -> TargetError:
        if "stale info" in str(refused):
            return TargetError(f"{self.name}: somebody else changed it in the meantime. Try again.")
        return TargetError(
            f"{self.name}: git says: {str(refused) or 'nothing'}. Readers see what they saw before. Git must be "
            "able to fetch from and push to that repository without a question. See that it can, then try again.",
        )


def _paths(inventory: Inventory) -> list[str]:
    """The files of a release that a host of pages gets, in order."""
    return sorted(item.path for item in inventory if item.is_shown or item.path in _RULES)
