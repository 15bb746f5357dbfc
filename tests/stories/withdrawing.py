"""Set up a small site whose story can be withdrawn in the test process."""

from __future__ import annotations

from pathlib import Path

import yaml

from plugins.stories import command as stories
from tests.publishing.test_git_status import git
from tests.sites.building import AS_OF, build_with_state


class Desk:
    """A site whose story can be withdrawn in this process."""

    def __init__(self, root: Path, content: Path) -> None:
        self.root, self.content, self.output = root, content, root / "output"

    def commit(self) -> None:
        """Commit the content to git."""
        git(self.root, "init", "-q")
        git(self.root, "add", "-A", "content")
        git(self.root, "commit", "-qm", "Write")

    def kept(self) -> list[str]:
        """Return the files below the cache that are kept."""
        cache = self.root / "cache"
        return sorted(file.relative_to(cache).as_posix() for file in cache.rglob("*") if file.is_file())

    def build(self) -> None:
        """Build the site."""
        build_with_state(self.content, self.output)

    def withdraw(self, name: str = "told", *, accept_found: bool = False, reason: str = "") -> None:
        """Withdraw a story as the command does."""
        stories.begin_withdrawal(name, yes=True, reason=reason, content=str(self.content), as_of=AS_OF)
        self.build()
        stories.end_withdrawal(name, self.output, accept_found=accept_found, content=str(self.content), as_of=AS_OF)

    def register(self) -> list[dict[str, object]]:
        """Return the tombstones in the register."""
        found: list[dict[str, object]] = yaml.safe_load((self.content / "register/withdrawn.yaml").read_text("utf-8"))
        return found
