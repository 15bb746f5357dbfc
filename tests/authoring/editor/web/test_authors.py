"""Test the editor for several authors behind a proxy: access, authorship and presence."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.authoring.editor import command
from plugins.authoring.editor.command import invitation
from plugins.authoring.editor.entries.drafts import Drafts
from plugins.authoring.editor.settings import EditorSettings, listen_address
from plugins.authoring.editor.web.presence import Presence
from plugins.authoring.editor.web.proxy import Proxy
from plugins.base.problem import Position, Problem
from plugins.engine.settings import SettingsError
from tests import coroutines
from tests.authoring.editor.browser import ARTICLE, PUBLIC, TEXT, Browser, FakePreview, Found, files
from tests.authoring.editor.publication.test_git_versions import git, run
from tests.sites.building import SITES

__all__ = ["git"]

PROXY = Proxy(frozenset({"127.0.0.1", "10.0.0.2"}), "X-Write-Author")
SETTINGS = {"WRITE_URL": PUBLIC, "WRITE_PROXY": ["127.0.0.1"], "WRITE_AUTHOR_HEADER": "X-Write-Author"}


@pytest.fixture
def page(tmp_path: Path) -> Browser:
    """The browser of one author behind the proxy."""
    return Browser(tmp_path, proxy=PROXY, author="Kay")


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """The same browser, for tests that change nothing."""
    return Browser(tmp_path_factory.mktemp("shut"), SITES / "minimal", proxy=PROXY, author="Kay")


def test_each_author_gets_a_cookie_of_their_own(shut: Browser) -> None:
    """The invitation gives each author a secure cookie, which is invalid for any other author."""
    answer = shut.get(shut.access.address, Cookie="")
    assert answer.status == 303
    cookie = answer.headers["set-cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    kays = cookie.partition(";")[0]
    assert shut.get("/write/", Cookie=kays).status == 200
    assert "You write as Kay" in shut.get("/write/").text
    assert shut.beside("Jo").get("/write/", Cookie=kays).status == 403
    assert shut.get("/write/", Cookie="").status == 403
    assert shut.get("/write/?token=guess", Cookie="").status == 403


def test_an_invitation_in_a_mail_leads_to_the_start_page(shut: Browser) -> None:
    """A page of this origin redirects, because a browser sends no strict cookie after a link from another site."""
    answer = shut.get(shut.access.address, Cookie="", sec_fetch_site="cross-site")
    assert answer.status == 200
    assert "url=/write/" in answer.text
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"client": "127.0.0.2"},
        {"client": "203.0.113.9"},
        {"client": "somewhere"},
        {"X-Write-Author": ""},
        {"X-Write-Author": "Jo <jo@example.org>"},
        {"X-Write-Author": "Kay\x07"},
        {"X-Write-Author": "Kay" * 100},
        {"x-write-author": "Jo"},
    ],
    ids=str,
)
def test_nobody_poses_as_an_author(shut: Browser, headers: dict[str, str]) -> None:
    """A request from another address, without a name, or with an invalid name is refused. Nothing is written."""
    before = files(shut.content)
    assert shut.get("/write/", **headers).status == 403
    assert shut.get("/", **headers).status == 403
    assert shut.get(shut.access.address, Cookie="", **headers).status == 403
    assert shut.post("/write/do/new/article", {"title": "Theirs"}, **headers).status == 403
    assert files(shut.content) == before


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.0.0.1:8100", "write.example.org:8100", "example.org"])
def test_only_the_name_of_the_settings_is_answered(shut: Browser, host: str) -> None:
    """Only the host name of ``WRITE_URL`` is accepted."""
    assert shut.get("/write/", Host=host).status == 421


def test_the_rules_for_changes_hold_behind_a_proxy(shut: Browser) -> None:
    """Origin and key are required as on one machine."""
    before = files(shut.content)
    for headers in ({"Origin": ""}, {"Origin": "http://127.0.0.1:8000"}, {"X-Write-Key": "guess"}):
        assert shut.post("/write/do/new/article", {"title": "Theirs"}, **headers).status == 403
    assert files(shut.content) == before


def test_an_address_that_a_socket_writes_in_another_way_is_known() -> None:
    """An IPv4 address that a dual-stack socket shows as IPv6 is recognised."""
    scope = {"client": ("::ffff:10.0.0.2", 1), "headers": [(b"x-write-author", "Zo\u00eb".encode())]}
    assert PROXY.author(scope) == "Zo\u00eb"
    assert PROXY.author({**scope, "client": None}) == ""
    assert PROXY.author({**scope, "headers": [(b"x-write-author", b"\xff")]}) == ""


def test_the_invitation_outlives_a_new_start(page: Browser) -> None:
    """Its file is private. A truncated file is replaced."""
    again = page.started()
    assert again.token == page.access.token
    assert again.session_of("Kay") == page.access.session_of("Kay")
    assert again.key != page.access.key
    file = next(page.cache.rglob("invitation.txt"))
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("short")
    assert len(invitation(page.cache)) > 32


def test_a_commit_names_its_author(page: Browser, git: Path) -> None:
    """The author of a commit is the author of the request. The committer is the account that runs the editor."""
    page.post(f"/write/do/publish/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done.", "role": "Editor"})
    assert run(git, "log", "-1", "--format=%an %ae %cn") == "Kay editor@localhost A Writer"
    jo = page.beside("jo@example.org")
    jo.post(f"/write/do/review/{ARTICLE}", {**jo.opened(ARTICLE), "body": "Proposed.", "role": "Volunteer"})
    assert run(git, "log", "-1", "--format=%an %ae", "write/gone-quiet") == "jo@example.org jo@example.org"


def test_two_on_one_entry_are_told_of_each_other(page: Browser, git: Path) -> None:
    """Each author keeps an unsaved version. The second to save sees both, and nothing is overwritten."""
    jo, at = page.beside("Jo"), f"/write/do/presence/{ARTICLE}"
    kays, jos = page.opened(ARTICLE), jo.opened(ARTICLE)
    assert page.post(at, {"window": "1", "base": kays["base"]}).data == {"others": [], "isBehind": False}
    assert jo.post(at, {"window": "2", "base": jos["base"]}).data["others"] == ["Kay"]
    assert page.post(at, {"window": "1", "base": kays["base"]}).data["others"] == ["Jo"]
    assert page.post(at, {"window": "3", "base": kays["base"]}).data["others"] == ["", "Jo"]
    page.post(f"/write/do/autosave/{ARTICLE}", {**kays, "body": "Of Kay."})
    jo.post(f"/write/do/autosave/{ARTICLE}", {**jos, "body": "Of Jo."})
    assert page.opened(ARTICLE)["body"] == "Of Kay."
    assert jo.opened(ARTICLE)["body"] == "Of Jo."
    assert page.post(f"/write/do/save/{ARTICLE}", {**kays, "body": "Of Kay."}).status == 200
    assert jo.opened(ARTICLE)["body"] == "Of Jo."
    assert jo.post(at, {"window": "2", "base": jos["base"]}).data["isBehind"] is True
    assert jo.post(f"/write/do/save/{ARTICLE}", {**jos, "body": "Of Jo."}).status == 409
    assert "Of Kay." in (git / ARTICLE).read_text()
    page.post(at, {"window": "3", "leaving": "yes"})
    page.post(at, {"window": "1", "leaving": "yes"})
    assert jo.post(at, {"window": "2", "base": jos["base"]}).data["others"] == []


def test_who_falls_silent_is_gone() -> None:
    """A page that sends nothing for some time is no longer present."""
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.enter("a", "1", "Kay")
    now[0] = 60.0
    assert presence.enter("a", "2", "Jo") == ["Kay"]
    assert presence.enter("b", "3", "Jo") == []
    now[0] = 120.0
    assert presence.enter("a", "2", "Jo") == []


def test_the_preview_shows_what_everybody_writes() -> None:
    """The preview shows the latest draft of each entry, and drops drafts that nobody edits any more."""
    preview, now = FakePreview(), [0.0]
    drafts = Drafts(preview.show_drafts, lambda: now[0])

    async def write() -> None:
        await drafts.of("Kay")({"a": b"Kay", "b": b"Kay"})
        await drafts.of("Jo")({"a": b"Jo"})
        await drafts.of("Kay")({"a": b"Kay again"})
        await drafts.leave("a")
        await drafts.of("Kay")({"b": b"Kay"})
        now[0] = 3600.0
        await drafts.of("Jo")({"a": b"Jo"})

    coroutines.run(write())
    assert preview.shown == [
        {"a": b"Kay", "b": b"Kay"},
        {"a": b"Jo", "b": b"Kay"},
        {"a": b"Kay again"},
        {},
        {"b": b"Kay"},
        {"a": b"Jo"},
    ]


def test_nobody_is_told_what_is_wrong_with_anothers_text(page: Browser, git: Path) -> None:
    """Authors get only the problems of their own drafts."""
    other = Problem("articles/other/index.md", Position(3, 8), "long", "it is long", "cut it")
    page.preview.found = Found((other,))
    assert page.post(f"/write/do/autosave/{ARTICLE}", {**page.opened(ARTICLE), "body": "Done."}).data["problems"] == []
    assert (git / ARTICLE).read_text() == TEXT


def test_a_withdrawal_forgets_everybodys_words(page: Browser, tmp_path: Path) -> None:
    """A withdrawal deletes the unsaved versions of all authors."""
    from tests.authoring.editor.publication.test_git_versions import STORY, STORY_TEXT  # noqa: PLC0415 - with its fixtures above

    file = page.content / STORY
    file.parent.mkdir()
    file.write_text(STORY_TEXT)
    jo = page.beside("Jo")
    jo.post(f"/write/do/autosave/{STORY}", {**jo.opened(STORY), "body": "Unsaved words."})
    assert page.post(f"/write/do/withdraw/{STORY}", {"slug": "a-made-up-story"}).status == 200
    assert not list(page.cache.rglob("writing/**/*.json"))
    assert page.preview.shown[-1] == {}


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("WRITE_URL", "write.example.org", "write the whole address"),
        ("WRITE_URL", "ftp://write.example.org", "write the whole address"),
        ("WRITE_URL", "https://kay@write.example.org", "write the whole address"),
        ("WRITE_URL", "https://write.example.org:x", "write the whole address"),
        ("WRITE_URL", 5, "write the whole address"),
        ("WRITE_URL", "https://example.org/write", "without a path"),
        ("WRITE_URL", "http://write.example.org", "write https://"),
        ("WRITE_PROXY", "127.0.0.1", "write a list"),
        ("WRITE_PROXY", ["the-proxy"], "is no address"),
        ("WRITE_AUTHOR_HEADER", "X Author:", "write a name"),
        ("WRITE_AUTHOR_HEADER", "Cookie", "browsers send themselves"),
        ("WRITE_PUBLISHES", "yes", "True or False"),
    ],
)
def test_a_wrong_setting_is_explained(setting: str, value: object, told: str) -> None:
    """An invalid setting is an error that names it."""
    with pytest.raises(SettingsError, match=setting) as raised:
        EditorSettings.from_pelican({**SETTINGS, setting: value})
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://Write.Example.org/", PUBLIC),
        ("https://write.example.org:443", PUBLIC),
        ("https://write.example.org:8443", f"{PUBLIC}:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("", ""),
    ],
)
def test_an_address_is_compared_as_browsers_write_it(given: str, origin: str) -> None:
    """Origins are compared in lower case, without the default port."""
    assert EditorSettings.from_pelican({**SETTINGS, "WRITE_URL": given}).origin == origin


def test_where_to_listen_is_an_address_with_a_port() -> None:
    """Host names and port 0 are refused."""
    assert listen_address("127.0.0.1:8100") == ("127.0.0.1", 8100)
    assert listen_address("[::1]:8100") == ("::1", 8100)
    for wrong in ("", "8100", "127.0.0.1", "127.0.0.1:0", "1.2.3.4.5:80", "somewhere:80", "0.0.0.0:99999"):
        with pytest.raises(SettingsError, match="--listen"):
            listen_address(wrong)


def test_without_a_proxy_in_the_settings_nothing_listens(shut: Browser) -> None:
    """Without ``WRITE_PROXY``, ``--listen`` is an error that names the setting."""
    with pytest.raises(SystemExit) as raised:
        command.write(shut.services, _never, listen="127.0.0.1:8100")
    assert "set WRITE_URL, WRITE_AUTHOR_HEADER in pelicanconf.py" in str(raised.value)


def _never(**_: object) -> None:
    raise AssertionError("it was begun")
