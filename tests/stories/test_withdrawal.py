"""Test that ``inv withdraw`` removes a story everywhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plugins.content_model.loader import load
from plugins.content_model.story import Story
from plugins.publishing.release.build import make_release
from plugins.stories import command as stories
from tests.authoring.cli.commands import inv_here
from tests.feeds.serving import Subscriber, serving
from tests.publishing.hosts.serving import ask
from tests.publishing.hosts.serving import serving as serving_release
from tests.sites.building import AS_OF, CONTENT, run_here, snapshot
from tests.sites.nginx import free_port
from tests.sites.writing import TODAY, fields, text, write
from tests.stories.outputs import holding
from tests.stories.telling import ADDRESS, BODY, FILE, ID, NAME, TITLE, approved, front_matter, site, story
from tests.stories.withdrawing import Desk

TODAY_IN_WORDS = TODAY.isoformat()
AUTHORITY = "elmtreehub.example,2026"
#: Feeds with the story, of each format and kind.
_FEEDS = ("stories.rss.xml", "stories.atom.xml", "all.rss.xml", "topics/families.atom.xml")


def test_the_story_is_gone_from_everything(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """After the command, no file has a word of the story, its picture or its private fields."""
    desk.build()
    assert holding(desk.output)
    desk.withdraw(reason="They asked us to.")
    assert holding(desk.output) == set()
    assert not list(desk.output.glob("images/*"))
    assert not (desk.content / "stories/told").exists()
    assert not list((desk.root / "cache").rglob("*"))
    said = capsys.readouterr().out
    for reached_by_hand in (
        "CDN",
        "search-console",
        "web.archive.org",
        "Feed readers",
        "git filter-repo",
        "artefacts",
        "Backups",
    ):
        assert reached_by_hand in said
    assert f"https://community.elmtreehub.example{ADDRESS}" in said
    assert f"--path content/{FILE}" in said


def test_its_address_says_that_it_is_gone_and_no_more(desk: Desk) -> None:
    """The tombstone page leads to help, and has ``noindex`` and no social card."""
    desk.withdraw()
    page = (desk.output / ADDRESS.strip("/") / "index.html").read_text(encoding="utf-8")
    assert "This story is no longer here" in page
    assert 'href="/help/"' in page
    assert 'href="/stories/"' in page
    assert "noindex" in page
    assert "og:" not in page
    assert "canonical" not in page
    assert ADDRESS not in page


def test_the_reason_is_kept_nowhere(desk: Desk) -> None:
    """The reason is not stored."""
    desk.withdraw(reason="XYLOPHONE")
    assert not [path for path, data in snapshot(desk.root).items() if b"XYLOPHONE" in data]


def test_the_tombstone_holds_nothing_of_what_was_told(desk: Desk) -> None:
    """The register gains one item of ids, dates and addresses."""
    desk.withdraw()
    (stone,) = desk.register()
    assert stone["id"] == ID
    assert (stone["address"], stone["file"], str(stone["withdrawn_on"])) == (ADDRESS, FILE, TODAY_IN_WORDS)
    text_ = (desk.content / "register/withdrawn.yaml").read_text(encoding="utf-8")
    assert not [word for word in (TITLE, NAME, "Marzipanic", "PRIVATE") if word in text_]


def test_it_cannot_come_back_by_accident(desk: Desk) -> None:
    """The same file, or the same address under another id, stops later builds."""
    desk.withdraw()
    front = approved(front_matter())
    for again, name in (
        (story(), "withdrawn-id"),
        (text({**front, "id": "another-id-1"}, BODY), "address-claimed-twice"),
    ):
        content = site(desk.root, again)
        done = run_here(content, desk.output)
        assert done.status == 1
        assert name in {problem.name for problem in done.problems(content)}
    assert holding(desk.output) == set()


def test_twice_is_as_good_as_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run under any name of the story reports that it is withdrawn, and changes nothing."""
    desk.withdraw()
    before = snapshot(desk.root)
    for name in ("told", ID, FILE, "stories/told", ADDRESS, str(desk.content / "stories" / "told")):
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            desk.withdraw(name)
        assert stop.value.code == 0
        assert "already" in capsys.readouterr().out
    assert snapshot(desk.root) == before


def test_what_another_entry_says_of_it_fails_loudly(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Text of the story in another entry is listed, and the status is 1 and the copy stays until it is removed."""
    quoting = "Somebody wrote: “After the summer I told my sister what had happened, and she held on to my sleeve.”\n"
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), quoting)})
    for _ in range(2):
        with pytest.raises(SystemExit) as stop:
            desk.withdraw()
        assert "run this again" in str(stop.value.code)
        assert "stories/sample/index.html: words of the text" in capsys.readouterr().err
        assert list((desk.root / "cache").rglob("index.md"))
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), "Something else.\n")})
    desk.withdraw()
    assert holding(desk.output) == set()
    assert not list((desk.root / "cache").rglob("*"))


def test_somebody_may_accept_what_was_found(desk: Desk) -> None:
    """With ``accept_found``, the command ends despite matches."""
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), f"{NAME} is my own name too.\n")})
    with pytest.raises(SystemExit):
        desk.withdraw()
    desk.withdraw(accept_found=True)
    assert not list((desk.root / "cache").rglob("*"))


def test_links_and_pictures_elsewhere_do_not_hold_it_up(desk: Desk) -> None:
    """Links to the story lose their address, and its pictures and texts that name it are removed."""
    body = (
        "Read [told]({filename}/stories/told/index.md#after), or [her story](/stories/told/), or [it][t].\n\n"
        "![A lighthouse-shaped kettle.](/stories/told/told.gif)\n\n[t]: {filename}/stories/told/index.md\n"
    )
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), body)})
    desk.withdraw()
    page = (desk.output / "stories/sample/index.html").read_text(encoding="utf-8")
    assert ADDRESS not in page
    assert "a story that is no longer here" in page
    assert "her story" in page
    assert "kettle" not in page


def test_a_story_without_a_folder_of_its_own_takes_its_own_files_only(desk: Desk) -> None:
    """A story without a folder of its own moves with the pictures that only it names."""
    picture = (desk.content / "stories/told/told.gif").read_bytes()
    other = fields(Story, "other", title="Another one", image={"file": "shared.gif", "alt": "A door."})
    own = approved(front_matter(slug="mine", id="entry-id-mine", image={"file": "own.gif", "alt": "A hut."}),
                   f"{BODY}\n![A door.](shared.gif)\n")  # fmt: skip
    write(desk.content, {
        "stories/2026/mine.md": text(own, f"{BODY}\n![A door.](shared.gif)\n"),
        "stories/2026/other.md": text(other, "Nobody told this.\n"),
        "stories/2026/own.gif": picture + b";",
        "stories/2026/shared.gif": picture + b";;",
    })  # fmt: skip
    (desk.content / FILE).unlink()
    desk.withdraw("mine")
    assert sorted(path.name for path in (desk.content / "stories/2026").iterdir()) == ["other.md", "shared.gif"]


def test_what_was_never_public_leaves_no_page(desk: Desk) -> None:
    """The withdrawal of a draft or scheduled story leaves no tombstone page and no feed item."""
    for changes in ({"status": "draft"}, {"published": "2026-12-24"}):
        content = site(desk.root, story(**changes))
        (content / "register/withdrawn.yaml").unlink(missing_ok=True)
        shutil.rmtree(desk.root / ".git", ignore_errors=True)
        desk.commit()
        desk.withdraw()
        (stone,) = desk.register()
        assert (stone["was_public"], stone["in_feeds"]) == (False, False)
        assert not (desk.output / ADDRESS.strip("/")).exists()
        assert "No longer available" not in (desk.output / "feeds/stories.rss.xml").read_text(encoding="utf-8")


@pytest.mark.deep
def test_the_real_stories_can_each_be_withdrawn(desk: Desk) -> None:
    """Each real story can be withdrawn."""
    for name, data in snapshot(CONTENT).items():
        write(desk.root / "real", {name: data})
    desk.content = desk.root / "real"
    library, _ = load(CONTENT, as_of=TODAY)
    for told in library.stories:
        desk.withdraw(told.slug)
        for file in desk.output.rglob("*.html"):
            assert told.title not in file.read_text(encoding="utf-8"), file


def test_the_command_of_the_terminal(tmp_path: Path) -> None:
    """The command withdraws, and a second run ends with status 0."""
    content = site(tmp_path, story(id="entry-id-typed"))
    options = ("--content", str(content), "--output", str(tmp_path / "output"), "--as-of", AS_OF, "--yes")
    for _ in range(2):
        done = inv_here("withdraw", "told", *options)
        assert done.status == 0, done.stdout + done.stderr
    assert "already" in done.stdout
    assert holding(tmp_path / "output") == set()


@pytest.mark.real
def test_nginx_answers_410_with_the_kind_page(desk: Desk) -> None:
    """The server nginx answers 410 with the tombstone page at each form of each address."""
    (desk.content / FILE).write_text(story(aliases=["/blog/2021/09/told", "/old/told.html"]), encoding="utf-8")
    desk.withdraw()
    release = make_release(desk.output, desk.root / "release", url="http://localhost:8000")
    forms = (
        ADDRESS,
        ADDRESS.rstrip("/"),
        f"{ADDRESS}index.html",
        "/blog/2021/09/told",
        "/blog/2021/09/told/",
        "/old/told.html",
    )
    with serving_release("nginx", release.folder) as served:
        for form in forms:
            answer = ask(served.url, form)
            assert answer.status == 410, form
            assert b"This story is no longer here" in answer.body
        assert ask(served.url, "/stories/sample/").status == 200
        assert ask(served.url, "/_hosts/nginx.conf").status == 404


@pytest.mark.real
def test_newsboat_holds_the_redacted_text(desk: Desk) -> None:
    """After a reload, a subscriber to any of the feeds has the same item without its text."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run_here(desk.content, desk.output, SITEURL=url)
    key = f"tag:{AUTHORITY}:{ID}"
    with serving(desk.output, desk.root / "nginx", port):
        readers = {
            feed: Subscriber.of(f"{url}/feeds/{feed}", desk.root / f"reader-{number}")
            for number, feed in enumerate(_FEEDS)
        }
        rows = {}
        for feed, reader in readers.items():
            reader.reload()
            assert TITLE in reader.items()[key][0], feed
            rows[feed] = reader.rows()
        stories.begin_withdrawal("told", yes=True, content=str(desk.content), as_of=AS_OF)
        assert run_here(desk.content, desk.output, SITEURL=url).status == 0
        for reader in readers.values():
            reader.reload()
    for feed, reader in readers.items():
        assert reader.rows() == rows[feed], feed
        title, link, words = reader.items()[key]
        assert title == "No longer available", feed
        assert ADDRESS not in link
        assert re.fullmatch(r"<p>This story was withdrawn and is no longer on our site\.</p>", words.strip())
