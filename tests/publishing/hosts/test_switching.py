"""One release takes the place of another while readers ask, and while a server still has the rules of the older one."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.publishing.hosts.answers import POLICY
from tests.publishing.hosts.releases import Small, small, write
from tests.publishing.hosts.serving import KINDS, ask, serving

pytestmark = pytest.mark.deep

PAGE = "help/index.html"


@dataclass(frozen=True)
class Two:
    """Two releases, and the link to the one that readers see."""

    old: Small
    new: Small
    current: Path

    def show(self, release: Small) -> None:
        """Let readers see ``release``, by one rename."""
        link = self.current.with_name("next")
        link.symlink_to(release.answers.release)
        link.replace(self.current)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """Two releases whose pages differ in length and policy; readers see the old one."""
    old, new = small(release="a1", words="old "), small(release="b2", words="newer ")
    for release in (old, new):
        write(release, tmp_path / release.answers.release)
    two = Two(old, new, tmp_path / "current")
    two.show(old)
    return two


@pytest.mark.parametrize("kind", KINDS)
def test_rules_of_an_older_release_do_no_harm(kind: str, two: Two) -> None:
    """While a server has the rules of an older release, pages of a newer one have only the policies in themselves."""
    pages = {"/help/": PAGE, "/nope": "404.html", "/stories/gone": "stories/gone/index.html"}
    with serving(kind, two.current) as server:
        assert ask(server.url, "/help/").headers["content-security-policy"] == two.old.policy(PAGE)
        two.show(two.new)
        for address, page in pages.items():
            answer = ask(server.url, address)
            assert answer.body == two.new.body(page)
            # Apache's rules lie in the release.
            expected = two.new.policy(page) if kind == "apache" else POLICY
            assert answer.headers["content-security-policy"] == expected
        server.reload()
        for address, page in pages.items():
            assert ask(server.url, address).headers["content-security-policy"] == two.new.policy(page)
        two.show(two.old)
        assert ask(server.url, "/help/").body == two.old.body(PAGE)


@pytest.mark.parametrize("kind", ["nginx", "nginx-brotli"])
def test_nginx_answers_of_one_release_alone(kind: str, two: Two) -> None:
    """However often releases take each other's place, no page goes out with the policy of another release."""
    stop = threading.Event()

    def answers(url: str) -> Iterator[tuple[bytes, str]]:
        while not stop.is_set():
            answer = ask(url, "/help/")
            yield answer.body, answer.headers["content-security-policy"]

    with serving(kind, two.current) as server, ThreadPoolExecutor(2) as readers:
        seen = [readers.submit(lambda: set(answers(server.url))) for _ in range(2)]
        end = time.monotonic() + 1
        for release in itertools.cycle([two.new, two.old]):
            two.show(release)
            time.sleep(0.003)
            if time.monotonic() > end:
                break
        stop.set()
        found = set().union(*(reader.result() for reader in seen))
    assert found == {(two.old.body(PAGE), two.old.policy(PAGE)), (two.new.body(PAGE), POLICY)}
