"""`inv withdraw`: one command takes a story back everywhere, and can be run again whatever became of the first run."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from plugins.content_model import plugin as content_model
from plugins.content_model.article import Article
from plugins.content_model.loader import load
from plugins.content_model.story import Story
from plugins.publishing.release.making import make
from plugins.stories import plugin as stories
from plugins.stories.finding import StoryError
from plugins.stories.graves import read_tombstones, with_tombstone
from plugins.stories.withdrawal import Withdrawals
from tests.feeds.serving import Subscriber, serving
from tests.preview.test_commands import inv
from tests.publishing.hosts.serving import ask
from tests.publishing.hosts.serving import serving as serving_release
from tests.publishing.test_committed import git
from tests.sites.building import AS_OF, CONTENT, HANG, ROOT, build_as_told, cached_in, run_here, snapshot
from tests.sites.nginx import free_port
from tests.sites.writing import TODAY, fields, text, write
from tests.stories.outputs import holding
from tests.stories.telling import ADDRESS, BODY, FILE, ID, NAME, TITLE, approved, front_matter, site, story

TODAY_IN_WORDS = TODAY.isoformat()
AUTHORITY = "helpmestop.org.uk,2026"


class Desk:
    """A site whose story can be withdrawn in this process."""

    def __init__(self, root: Path, content: Path) -> None:
        self.root, self.content, self.output = root, content, root / "output"

    def commit(self) -> None:
        """Put the content under git, and commit what is there."""
        git(self.root, "init", "-q")
        git(self.root, "add", "-A", "content")
        git(self.root, "commit", "-qm", "Write")

    def kept(self) -> list[str]:
        """Return the files below the cache that are kept."""
        cache = self.root / "cache"
        return sorted(file.relative_to(cache).as_posix() for file in cache.rglob("*") if file.is_file())

    def build(self) -> None:
        """Build the site as it is."""
        build_as_told(self.content, self.output)

    def withdraw(self, name: str = "told", *, accept_found: bool = False, reason: str = "") -> None:
        """Withdraw a story as the command does."""
        stories.begin_withdrawal(name, yes=True, reason=reason, content=str(self.content), as_of=AS_OF)
        self.build()
        stories.end_withdrawal(name, self.output, accept_found=accept_found, content=str(self.content), as_of=AS_OF)

    def register(self) -> list[dict[str, object]]:
        """Return the tombstones as they stand in the file."""
        found: list[dict[str, object]] = yaml.safe_load((self.content / "register/withdrawn.yaml").read_text("utf-8"))
        return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small site, committed, with copies kept beside it."""
    monkeypatch.setattr(content_model, "read_settings", cached_in(tmp_path / "cache"))
    made = Desk(tmp_path, site(tmp_path))
    made.commit()
    return made


def test_the_story_is_gone_from_everything(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """After the command nothing of the site holds a word of the story, its picture or its private fields."""
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
    assert f"https://community.helpmestop.org.uk{ADDRESS}" in said
    assert f"--path content/{FILE}" in said


def test_its_address_says_that_it_is_gone_and_no_more(desk: Desk) -> None:
    """The page at the old address is kind, leads to help, and is kept from searches and social cards."""
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
    """Why somebody takes their story back is theirs."""
    desk.withdraw(reason="XYLOPHONE")
    assert not [path for path, data in snapshot(desk.root).items() if b"XYLOPHONE" in data]


def test_the_tombstone_holds_nothing_of_what_was_told(desk: Desk) -> None:
    """The register gains one item, of ids, days and addresses."""
    desk.withdraw()
    (stone,) = desk.register()
    assert stone["id"] == ID
    assert (stone["address"], stone["file"], str(stone["withdrawn_on"])) == (ADDRESS, FILE, TODAY_IN_WORDS)
    text_ = (desk.content / "register/withdrawn.yaml").read_text(encoding="utf-8")
    assert not [word for word in (TITLE, NAME, "Marzipanic", "PRIVATE") if word in text_]


def test_it_cannot_come_back_by_accident(desk: Desk) -> None:
    """The same file, or the same address under another id, stops every build from then on."""
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
    """A second run says that there is nothing left to do, by whatever name the story goes, and changes nothing."""
    desk.withdraw()
    before = snapshot(desk.root)
    for name in ("told", ID, FILE, "stories/told", ADDRESS, str(desk.content / "stories" / "told")):
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            desk.withdraw(name)
        assert stop.value.code == 0
        assert "already" in capsys.readouterr().out
    assert snapshot(desk.root) == before


@pytest.mark.parametrize("damaged", ["", "{}", "[]", '{"id": 1'])
def test_a_damaged_note_is_told_with_its_place(
    desk: Desk, damaged: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note of a withdrawal that nobody can read any more is named; once it is gone, the command goes through."""
    note = write(tmp_path, {"cache/withdrawing/other/withdrawal.json": damaged}) / "cache/withdrawing/other"
    with pytest.raises(SystemExit) as stop:
        desk.withdraw()
    assert f"{note / 'withdrawal.json'} notes a withdrawal that was begun, and is damaged" in str(stop.value.code)
    assert (desk.content / FILE).is_file()
    shutil.rmtree(note)
    desk.withdraw()
    assert "is out of the content" in capsys.readouterr().out


@pytest.mark.deep
def test_killed_anywhere_a_second_run_ends_the_same(tmp_path: Path) -> None:
    """Killed at each change before and after the build, and at eight in it, a second run ends as one would have."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.stories.killing", str(tmp_path), "20261123"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANG,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["status"] == 0
    assert len(found["points"]) >= 20
    assert found["wrong"] == {}
    assert "content/register/withdrawn.yaml" in found["files"]
    assert "content/stories/told" not in found["files"]
    assert [
        path for path in found["files"] if path.startswith("cache/") and path.endswith((".md", ".gif", ".json"))
    ] == [f"cache/withdrawing/.kept-{ID}/copy/stories/told/{name}" for name in ("index.md", "told.gif")]


def test_what_another_entry_says_of_it_fails_loudly(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Words of the story in another entry are listed, the copy stays, and the status is 1 until they are gone."""
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
    """Where a person has looked at what was found, the command can end."""
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), f"{NAME} is my own name too.\n")})
    with pytest.raises(SystemExit):
        desk.withdraw()
    desk.withdraw(accept_found=True)
    assert not list((desk.root / "cache").rglob("*"))


def test_links_and_pictures_elsewhere_do_not_hold_it_up(desk: Desk) -> None:
    """Links to it from other entries are left out, and so are its pictures there and words that name it."""
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


def test_a_build_that_fails_is_carried_on_from(desk: Desk) -> None:
    """When another entry stops the build, the story is out of the content already; the next run finishes."""
    broken = text(fields(Story, "sample"), "Words.\n").replace("status:", "stauts:")
    write(desk.content, {"stories/sample/index.md": broken})
    with pytest.raises(SystemExit):
        desk.withdraw()
    assert not (desk.content / FILE).exists()
    write(desk.content, {"stories/sample/index.md": text(fields(Story, "sample"), "Words.\n")})
    desk.withdraw()
    assert holding(desk.output) == set()
    assert not list((desk.root / "cache").rglob("*"))


def test_a_story_without_a_folder_of_its_own_takes_its_own_files_only(desk: Desk) -> None:
    """Beside other stories, the file moves with the pictures that only it names."""
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
    """A draft or a scheduled story is withdrawn too; its address never existed, and feeds have nothing to take back."""
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


@pytest.mark.parametrize("answer", ["", "yes", "told-me", " told", "TOLD"])
def test_it_asks_for_the_slug(
    answer: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only the slug lets it begin; before, it shows where readers can see the story. A second run does not ask."""
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    meant = answer.strip().casefold() == "told"
    if meant:
        stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
        monkeypatch.setattr("builtins.input", lambda _question: "no")
        stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
    else:
        before = snapshot(desk.content)
        with pytest.raises(SystemExit, match=r"nothing was withdrawn, because the answer was not `told`.*--yes"):
            stories.begin_withdrawal("told", content=str(desk.content), as_of=AS_OF)
        assert snapshot(desk.content) == before
    assert (desk.content / FILE).exists() != meant
    assert f"https://community.helpmestop.org.uk{ADDRESS}" in capsys.readouterr().out


def test_without_a_terminal_nothing_is_withdrawn(tmp_path: Path) -> None:
    """Where nobody can answer, nothing is withdrawn without --yes."""
    content = site(tmp_path)
    done = inv("withdraw", "told", "--content", str(content), "--output", str(tmp_path / "output"))
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert (content / FILE).exists()


def test_what_git_never_had_is_kept_for_a_day(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that was changed since its last commit is kept where only its owner can read it, and said where."""
    (desk.content / FILE).write_text(story(f"{BODY}\nOne sentence more.\n"), encoding="utf-8")
    desk.withdraw()
    folder = desk.root / "cache" / "withdrawing"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert desk.kept() == [f"withdrawing/.kept-{ID}/copy/{FILE}"]
    assert str(folder / f".kept-{ID}") in capsys.readouterr().out
    with pytest.raises(SystemExit):
        desk.withdraw()
    assert str(folder / f".kept-{ID}") in capsys.readouterr().out
    os.utime(folder / f".kept-{ID}", (0, 0))
    assert run_here(desk.content, desk.root / "other", CACHE_PATH=str(desk.root / "cache")).status == 0
    assert not folder.exists()


def test_git_is_asked_for_every_branch(desk: Desk) -> None:
    """What another branch has, or an older commit, need not be kept."""
    git(desk.root, "checkout", "-qb", "other")
    git(desk.root, "rm", "-qr", "--cached", "content/stories/told")
    git(desk.root, "commit", "-qm", "Take out")
    desk.withdraw()
    assert desk.kept() == []


def test_without_git_everything_is_kept_for_a_day(desk: Desk) -> None:
    """Where there is no git, nothing was committed."""
    shutil.rmtree(desk.root / ".git")
    desk.withdraw()
    assert desk.kept() == [f"withdrawing/.kept-{ID}/copy/stories/told/{name}" for name in ("index.md", "told.gif")]


def test_a_story_that_was_never_committed_was_never_public(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A publication takes committed files, so that a file without a commit has no address to answer for."""
    (desk.content / FILE).rename(desk.content / "stories" / "new.md")
    (desk.content / "stories" / "new.md").write_text(story(slug="new", id="entry-id-new", image=None), encoding="utf-8")
    desk.withdraw("new")
    (stone,) = desk.register()
    assert (stone["was_public"], stone["in_feeds"]) == (False, False)
    assert "readers never saw it" in capsys.readouterr().out


def test_a_story_that_this_machine_released_was_public(desk: Desk) -> None:
    """A release with uncommitted files shows what git never had."""
    shutil.rmtree(desk.root / ".git")
    (desk.content / FILE).write_text(story(status="draft"), encoding="utf-8")
    stories.begin_withdrawal(
        "told", yes=True, content=str(desk.content), as_of=AS_OF, is_released=lambda address: address == ADDRESS
    )
    assert desk.register()[0]["was_public"] is True


def test_a_story_that_was_made_a_draft_first_was_public(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The address and the feeds of an earlier commit are taken back, whatever the file says now, also its old slug."""
    front = {**front_matter(status="draft", slug="renamed"), "consent": None}
    (desk.content / FILE).write_text(text({k: v for k, v in front.items() if v is not None}, BODY), encoding="utf-8")
    desk.commit()
    desk.withdraw("renamed")
    (stone,) = desk.register()
    assert (stone["was_public"], stone["in_feeds"]) == (True, True)
    said = capsys.readouterr().out
    for address in ("/stories/renamed/", ADDRESS):
        assert f"https://community.helpmestop.org.uk{address}" in said


@pytest.mark.parametrize("call", ["replace", "mkdir", "chmod"])
def test_after_a_refusal_of_the_machine_it_goes_on(call: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full stops the command wherever it was, and a second run ends well."""

    def refuse(self: Path, *_: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refuse)
        with pytest.raises(OSError, match="No space left"):
            stories.begin_withdrawal("told", yes=True, content=str(desk.content), as_of=AS_OF)
    desk.withdraw()
    assert holding(desk.output) == set()


@pytest.mark.deep
def test_the_real_stories_can_each_be_withdrawn(desk: Desk) -> None:
    """Each story of the site itself can be taken back at any time, whatever other entries say of it."""
    for name, data in snapshot(CONTENT).items():
        write(desk.root / "real", {name: data})
    desk.content = desk.root / "real"
    library, _ = load(CONTENT, as_of=TODAY)
    for told in library.stories:
        desk.withdraw(told.slug)
        for file in desk.output.rglob("*.html"):
            assert told.title not in file.read_text(encoding="utf-8"), file


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tolt",), "did you mean `told`"),
        (("no-such-story",), "there is no story"),
        (("told", "--as-of", "soon"), "AS_OF"),
    ],
)
def test_what_cannot_be_withdrawn_is_told(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """A name that means no story, or a day that is none, gives a sentence, status 1, and changes nothing."""
    content = site(tmp_path)
    before = snapshot(content)
    done = inv("withdraw", *arguments, "--content", str(content), "--output", str(tmp_path / "output"))
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(content) == before


def test_the_command_of_the_terminal(tmp_path: Path) -> None:
    """Typed as a person types it, the command withdraws, and typed again it says so and ends with status 0."""
    content = site(tmp_path, story(id="entry-id-typed"))
    options = ("--content", str(content), "--output", str(tmp_path / "output"), "--as-of", AS_OF, "--yes")
    for _ in range(2):
        done = inv("withdraw", "told", *options)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "already" in done.stdout
    assert holding(tmp_path / "output") == set()


@pytest.mark.real
def test_nginx_answers_410_with_the_kind_page(desk: Desk) -> None:
    """Served by nginx with the rules of a release, each form of each address answers 410 with the page's own words."""
    (desk.content / FILE).write_text(story(aliases=["/blog/2021/09/told", "/old/told.html"]), encoding="utf-8")
    desk.withdraw()
    release = make(desk.output, desk.root / "release", url="http://localhost:8000")
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
@pytest.mark.parametrize("feed", ["stories.rss.xml", "stories.atom.xml", "all.rss.xml", "topics/families.atom.xml"])
def test_newsboat_holds_the_redacted_text(feed: str, desk: Desk) -> None:
    """A subscriber who had the story holds, after the next reload, the same item with its text taken out."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run_here(desk.content, desk.output, SITEURL=url)
    with serving(desk.output, desk.root / "nginx", port):
        reader = Subscriber.of(f"{url}/feeds/{feed}", desk.root / "reader")
        reader.reload()
        key = f"tag:{AUTHORITY}:{ID}"
        assert TITLE in reader.items()[key][0]
        before = reader.rows()
        stories.begin_withdrawal("told", yes=True, content=str(desk.content), as_of=AS_OF)
        assert run_here(desk.content, desk.output, SITEURL=url).status == 0
        reader.reload()
    assert reader.rows() == before
    title, link, words = reader.items()[key]
    assert title == "No longer available"
    assert ADDRESS not in link
    assert re.fullmatch(r"<p>This story was withdrawn and is no longer on our site\.</p>", words.strip())


REGISTERS = {
    "none": "",
    "empty list": "[]\n",
    "notes only": "# Keep me.\n",
    "one item": "# Keep me.\n- id: entry-id-other\n  kind: story\n  address: /stories/other/\n  published: 2026-01-01\n"
    "  withdrawn_on: 2026-02-01\n",
    "indented": "  - id: entry-id-other\n    kind: story\n    address: /stories/other/\n    published: 2026-01-01\n"
    "    withdrawn_on: 2026-02-01\n",
    "no end of line": "- {id: entry-id-other, kind: story, address: /o/, published: 2026-01-01, "
    "withdrawn_on: 2026-02-01}",
    "Windows": "- id: entry-id-other\r\n  kind: story\r\n  address: /o/\r\n  published: 2026-01-01\r\n"
    "  withdrawn_on: 2026-02-01\r\n",
}  # fmt: skip


@pytest.mark.parametrize("before", REGISTERS.values(), ids=REGISTERS)
def test_the_register_only_grows(before: str, tmp_path: Path) -> None:
    """A tombstone is added at the end, whatever the layout; notes and earlier items stay letter for letter."""
    stone: dict[str, str | list[str]] = {
        "id": "entry-id-x", "kind": "story", "address": "/stories/x/", "aliases": ["/~x/", "/y"],
        "published": "2026-01-01", "withdrawn_on": "2026-02-01", "file": "stories/a b: c #1/index.md",
    }  # fmt: skip
    after = with_tombstone(before, stone)
    assert after.startswith(before) or before == "[]\n"
    file = tmp_path / "withdrawn.yaml"
    file.write_bytes(after.encode())
    stones = read_tombstones(file)
    assert stones[-1].file == "stories/a b: c #1/index.md"
    assert [one.id for one in stones] == (["entry-id-other"] if "other" in before else []) + ["entry-id-x"]
    assert ("\r\n" in after) == ("\r\n" in before)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in before


@pytest.mark.parametrize("broken", ["id: x\n", "- id: [\n", "- {id: short, kind: story}\n"])
def test_a_register_that_cannot_be_read_stops_before_anything_moves(broken: str, desk: Desk) -> None:
    """A broken register is told with its mend, and the story stays where it is."""
    write(desk.content, {"register/withdrawn.yaml": broken})
    with pytest.raises(SystemExit) as stop:
        desk.withdraw()
    assert "mend it first" in str(stop.value.code)
    assert (desk.content / FILE).exists()
    assert (desk.content / "register/withdrawn.yaml").read_text(encoding="utf-8") == broken


def test_a_story_whose_file_is_broken_is_told(desk: Desk) -> None:
    """A file that cannot be read gives its mistake with its place, because the command must know the story's id."""
    (desk.content / FILE).write_text(story().replace("id: ", "idd: "), encoding="utf-8")
    with pytest.raises(StoryError, match=rf"{FILE}:\d+:\d+: .*mend it first"):
        Withdrawals(desk.content, desk.root / "cache").find(FILE, TODAY)


def test_articles_are_not_stories(desk: Desk) -> None:
    """The command is for stories; the name of an article means none."""
    write(desk.content, {"articles/a-walk/index.md": text(fields(Article, "a-walk"))})
    with pytest.raises(StoryError, match="there is no story"):
        Withdrawals(desk.content, desk.root / "cache").find("a-walk", TODAY)
