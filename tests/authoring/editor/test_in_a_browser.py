"""Test writing, saving and publishing in real browsers."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from tests.authoring.editor.running_editor import Running, copied, forget, opened, until, writing
from tests.provisioning import javascript
from tests.provisioning.browser import firefox
from tests.site_audit.tools import Tools
from tests.sites.building import CONTENT

pytestmark = pytest.mark.real

#: Statuses that a page shows as a message: missing page, conflict, error.
EXPECTED = re.compile(r"status of (404|409|422)")
ARTICLE = "articles/sober-summers/index.md"
ODD = "articles/odd-values/index.md"
UNCHANGED = (
    "commitments/we-listen-first/index.md",
    "pages/home/index.md",
    "people/community-lead/index.md",
)
#: What Google Docs puts on the clipboard, made by hand: everything in a <b>, weights in styles, a list beside its item.
GOOGLE_DOCS = Path(__file__).parent / "google-docs.html"
#: What Word puts there: a list of two levels, a note, a picture and a redirect.
WORD = Path(__file__).parent / "word.html"
STORY = "stories/a-quiet-kitchen/index.md"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The editor on a copy of the real content."""
    with writing(copied(CONTENT, tmp_path_factory.mktemp("write") / "content")) as found:
        yield found
    forget(found.content)


@pytest.fixture
def desk(browser: Browser, running: Running) -> Iterator[Page]:
    """A page that opened the address of the run, with nothing unsaved. An error on the page fails the test."""
    forget(running.content)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda line: wrong.append(line.text) if line.type == "error" and not EXPECTED.search(line.text) else None,
    )
    page.on(
        "request",
        lambda asked: wrong.append(asked.url) if not asked.url.startswith((running.origin, "data:", "blob:")) else None,
    )
    page.goto(running.first)
    yield page
    context.close()
    assert wrong == []


def test_a_new_author_writes_and_publishes_an_article(desk: Page, running: Running) -> None:
    """An article is written from the start page to a commit, with a picture, a fixed mistake and the preview."""
    desk.click("text=New article")
    desk.fill("#title", "A walk before work")
    desk.click("button:has-text('Begin')")
    desk.wait_for_selector(".ProseMirror")
    file = running.content / "articles" / "a-walk-before-work" / "index.md"
    before = file.read_bytes()
    desk.fill("#f-summary", "Ten minutes outside, before the day begins.")
    desk.click(".ProseMirror")
    desk.keyboard.press("Control+A")
    desk.keyboard.press("Delete")
    desk.keyboard.type("A walk helps. It has a nice color.")
    desk.keyboard.press("Enter")
    desk.keyboard.type("## What to take")
    desk.keyboard.press("Enter")
    desk.keyboard.type("- water & tea")
    desk.keyboard.press("Enter")
    desk.keyboard.type("a <b>hat</b>")
    desk.click("[data-text] >> text=Mend it")
    desk.wait_for_selector(".ProseMirror:has-text('colour.')")
    out = io.BytesIO()
    Image.new("RGB", (1600, 900), "green").save(out, "JPEG")
    desk.set_input_files("[data-choose]", {"name": "My walk.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    desk.wait_for_selector("[data-told]:has-text('was left out')")
    desk.fill("[data-field=image] [data-field=alt] [data-value]", "A green field.")
    desk.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')")
    frame = desk.frame_locator("iframe")
    frame.locator("text=It has a nice colour.").wait_for()
    assert file.read_bytes() == before
    desk.wait_for_selector("[data-unsaved]:not([hidden])")
    desk.click("[data-open=publish]")
    desk.fill("#publish-role", "Volunteer")
    desk.click("[data-done=publish] [type=submit]")
    desk.wait_for_selector("[data-done=publish] .told:has-text('published')")
    text = file.read_text()
    assert "status: published" in text
    assert 'alt: "A green field."' in text
    assert (file.parent / "my-walk.jpg").is_file()
    assert (
        text.split("\n---\n")[1]
        == "\nA walk helps. It has a nice colour.\n\n## What to take\n\n- water & tea\n- a \\<b>hat\\</b>\n"
    )


def test_publishing_waits_for_the_check_of_the_last_words(desk: Page, running: Running) -> None:
    """The button to publish can be pressed, although the mistake was mended a moment ago and its check still runs."""
    opened(desk, running, ARTICLE)
    desk.fill("#f-summary", "Too long. " * 30)
    desk.wait_for_selector("[data-sum][data-errors='1']")

    def slow(route: Route) -> None:
        desk.wait_for_timeout(1000)
        route.continue_()

    desk.route("**/write/do/autosave/**", slow)
    desk.fill("#f-summary", "Short.")
    desk.click("[data-open=publish]")
    desk.wait_for_selector("[data-done=publish] [type=submit]:enabled", timeout=10_000)


def test_opening_and_looking_changes_nothing(desk: Page, running: Running) -> None:
    """Opening, switching to Markdown and back, and saving changes no byte of any kind of entry."""
    odd = running.content / ODD
    odd.parent.mkdir()
    odd.write_text((running.content / ARTICLE).read_text().replace("topics:", "topics: alcohol\nold:", 1) + "  \n\n")
    for path in (ARTICLE, STORY, ODD, *UNCHANGED):
        file = running.content / path
        before = file.read_bytes()
        opened(desk, running, path)
        desk.click("[data-mode]")
        desk.wait_for_selector(".cm-content")
        desk.click("[data-mode]")
        desk.wait_for_selector(".ProseMirror")
        desk.keyboard.press("Control+s")
        desk.wait_for_selector("[data-kept]:text-is('Saved')")
        assert file.read_bytes() == before, path
    # No page of the other tests could be shown below its problems.
    shutil.rmtree(odd.parent)


def pasted(page: Page, html: str) -> str:
    """Return the Markdown of a text in whose place ``html`` was pasted."""
    page.click(".ProseMirror")
    page.keyboard.press("Control+A")
    page.evaluate(
        """(html) => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(".ProseMirror").dispatchEvent(pasted);
        }""",
        html,
    )
    told = page.inner_text("[data-rich] .hint")
    assert "pictures" in told
    assert "notes at the foot" in told
    page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')")
    page.click("[data-mode]")
    lines = page.evaluate("[...document.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\\n')")
    page.click("[data-mode]")
    page.wait_for_selector(".ProseMirror")
    return str(lines).strip()


def test_a_paste_becomes_clean_markdown(desk: Page, running: Running) -> None:
    """From Word and from Google Docs: headings, lists in lists and links stay; what was dropped is told."""
    opened(desk, running, "articles/noticing-small-wins/index.md")
    assert pasted(desk, WORD.read_text(encoding="utf-8")) == (
        "## From Word\n\nA **bold** word and [a link](https://www.nhs.uk/live-well/).\n\n- water\n  - cold\n- tea"
    )
    assert pasted(desk, GOOGLE_DOCS.read_text(encoding="utf-8")) == (
        "A title in Docs\n\n## From Docs\n\n"
        "A **bold** word, an *italic* one and [a link](https://www.nhs.uk/live-well/). "
        "On a line of its own.\n\n- water\n  - cold\n- tea\n\n1. first\n2. second\n\nAn end."
    )


def test_two_browsers_on_one_entry_are_told_of_each_other(browser: Browser, desk: Page, running: Running) -> None:
    """The second author to save sees both versions, and nothing is overwritten."""
    path = "articles/how-cravings-pass/index.md"
    opened(desk, running, path)
    file = running.content / path
    theirs = file.read_text().replace("\n---\n", "\n---\n\nSomebody else was here.\n", 1)
    theirs = theirs if "Somebody else" in theirs else f"{theirs}\nSomebody else was here.\n"
    file.write_text(theirs)
    desk.fill("#f-title", "How cravings go")
    desk.click("[data-do=save]")
    desk.wait_for_selector("[data-dialog=conflict][open]")
    assert "Somebody else was here." in desk.inner_text("[data-rows]")
    assert file.read_text() == theirs
    desk.click("[data-dialog=conflict] [data-do=discard]")
    desk.wait_for_selector(".ProseMirror:has-text('Somebody else was here.')")


def test_everything_is_reached_by_the_keyboard(desk: Page, running: Running) -> None:
    """Skip link, toolbar, dialogues and saving work with the keyboard alone."""
    opened(desk, running, ARTICLE)
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.focus("[data-insert]")
    desk.keyboard.press("Enter")
    desk.keyboard.type("samaritans")
    desk.keyboard.press("Escape")
    assert desk.evaluate("document.activeElement.hasAttribute('data-insert')")
    desk.focus(".ProseMirror")
    desk.keyboard.press("Control+s")
    desk.wait_for_selector("[data-kept]:text-is('Saved')")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "dark"),
        (1280, "light"),
        pytest.param(360, "light", marks=pytest.mark.deep),
        pytest.param(1280, "dark", marks=pytest.mark.deep),
    ],
)
def test_every_view_is_accessible(browser: Browser, running: Running, scheme: str, width: int) -> None:
    """axe-core finds no violation, and no page scrolls sideways."""
    javascript.install_packages(javascript.CHECKERS)
    axe = Tools.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(running.first)
    pages = ["", "new/article", f"edit/{ARTICLE}", f"edit/{STORY}", "edit/commitments/we-listen-first/index.md"]
    asking = [f"approve/{STORY}", f"withdraw/{STORY}", "record/commitments/we-listen-first/index.md"]
    for view in (*pages, *asking, f"history/{ARTICLE}", "nothing"):
        page.goto(f"{running.origin}/write/{view}")
        if view.startswith("edit/"):
            page.wait_for_selector(".ProseMirror")
            page.wait_for_selector("[data-kept]:text-matches('^(Kept|Saved)')")
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.add_script_tag(content=axe)
        found = page.evaluate("axe.run(document, { iframes: false }).then((told) => told.violations)")
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    context.close()


def test_a_problem_shows_soon_after_the_last_key(desk: Page, running: Running) -> None:
    """The problem is shown at its word, with its fix. The time is printed, not tested."""
    opened(desk, running, ARTICLE)
    desk.click(".ProseMirror p >> nth=0")
    desk.keyboard.press("Home")
    desk.keyboard.type(" recieve ")
    desk.wait_for_selector(".slip:has-text('recieve')")
    told = json.loads(
        desk.evaluate("JSON.stringify([...document.querySelectorAll('[data-text] li')].map((one) => one.textContent))")
    )
    assert any("“recieve”" in one and "“receive”" in one for one in told)
    until(lambda: desk.inner_text("[data-sum-told]").startswith("1 to look at again"))


def test_firefox_writes_too(running: Running) -> None:
    """Opening, writing, a problem, Markdown and saving work, and the Content-Security-Policy blocks nothing."""
    javascript.install_packages(javascript.CHECKERS)
    file = running.content / "articles/support-for-families/index.md"
    script = Path(__file__).parent / "firefox.mjs"
    address = running.edit("articles/support-for-families/index.md")
    command = [javascript.node(), script, javascript.CHECKERS, firefox(), running.first, address]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"wrong": [], "opened": True, "slip": True, "saved": True}
    assert "recieve " in file.read_text()
