"""Test that the editor accepts only requests of the browser that opened the address of this run."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from PIL import Image

from plugins.authoring.editor.web.access_control import LONGEST_FILE
from tests.authoring.editor.browser import Browser, files


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A browser for tests that change nothing."""
    return Browser(tmp_path_factory.mktemp("shut"))


@pytest.fixture
def article(page: Browser) -> str:
    """An article of the site."""
    return _first(page)


@pytest.fixture
def shown(shut: Browser) -> str:
    """The same article, for tests that change nothing."""
    return _first(shut)


def _first(page: Browser) -> str:
    return min(path for path in files(page.content) if path.startswith("articles/") and path.endswith("index.md"))


def test_the_address_of_the_first_visit_gives_a_cookie(shut: Browser) -> None:
    """The token gives a cookie that scripts and other sites cannot use, and leads to the start page."""
    answer = shut.get(shut.access.address, Cookie="")
    assert answer.status == 303
    assert answer.headers["location"] == "/write/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert shut.get("/write/").status == 200


@pytest.mark.parametrize("target", ["/", "/write/", "/write/static/write.js", "/write/edit/pages/home/index.md"])
def test_without_the_cookie_nothing_is_shown(shut: Browser, target: str) -> None:
    """Without it, neither the editor nor the preview, which shows drafts, responds."""
    for cookie in ("", "write=", "write=wrong", "other=1"):
        answer = shut.get(target, Cookie=cookie)
        assert answer.status == 403
        assert b"content" not in answer.body


def test_a_wrong_token_is_refused(shut: Browser) -> None:
    """A token of another run gives no cookie."""
    answer = shut.get("/write/?token=guess", Cookie="")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["", "localhost:8000", "127.0.0.1", "127.0.0.1:8001", "evil.example", "127.0.0.1:8000.evil.example"]
)
def test_another_host_is_refused(shut: Browser, host: str) -> None:
    """Another host name for the same address is refused, against DNS rebinding."""
    assert shut.get("/write/", Host=host).status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Origin": "https://evil.example"},
        {"X-Write-Key": ""},
        {"X-Write-Key": "guess"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": ""},
        {"Cookie": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Content-Length": ""},
    ],
    ids=str,
)
def test_a_foreign_change_is_refused(page: Browser, article: str, headers: dict[str, str]) -> None:
    """A request that another page or program can make a browser send changes nothing."""
    state = page.opened(article)
    before = files(page.content)
    answer = page.post(f"/write/do/save/{article}", {**state, "body": "Taken over."}, **headers)
    assert answer.status in {403, 411, 415}
    assert files(page.content) == before
    assert page.post(f"/write/do/save/{article}", {**state, "body": "Ours."}).status == 200
    assert files(page.content) != before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(shut: Browser, method: str) -> None:
    """Other methods, including the preflight of another origin, are refused."""
    answer = shut._ask(method, "/write/", b"", {})
    assert answer.status == 405
    assert not any(name.startswith("access-control") for name in answer.headers)


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "articles/../../../etc/passwd.md",
        "articles/../register/topics.yaml",
        "register/topics.yaml",
        "/etc/passwd.md",
        "articles/..%2f..%2fx.md",
        "articles//x.md",
        "articles/./x.md",
        "articles\\..\\x.md",
        "articles/.hidden/index.md",
        "articles/x\0.md",
        "articles/there-is-none/index.md",
        "articles",
        "",
    ],
)
def test_no_path_leaves_the_content(shut: Browser, path: str) -> None:
    """No file outside the content folder can be read or written."""
    before = files(shut.content.parent)
    assert shut.get(f"/write/edit/{path}").status in {400, 404}
    state = {"base": "", "version": "", "source": "Out."}
    for action in (
        "autosave",
        "save",
        "discard",
        "restore",
        "publish",
        "review",
        "picture",
        "withdraw",
        "approve",
        "record",
    ):
        assert shut.post(f"/write/do/{action}/{path}", state).status == 404
    assert files(shut.content.parent) == before


def test_a_link_that_leads_out_is_not_followed(page: Browser, article: str) -> None:
    """A link in the content to a file outside it is not followed."""
    secret = page.content.parent / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n\nSecret.\n")
    link = page.content / "articles" / "link.md"
    link.symlink_to(secret)
    assert page.get("/write/edit/articles/link.md").status == 404
    assert page.get(f"/write/picture/{article}?name={quote('../../../secret.md')}").status == 404


@pytest.mark.parametrize("name", ["index.md", "../x.png", "", "x.svg", ".png", "/etc/passwd"])
def test_only_pictures_of_the_folder_are_shown(page: Browser, article: str, name: str) -> None:
    """Only files with the bytes of a picture are shown."""
    folder = (page.content / article).parent
    (folder / "x.svg").write_text("<svg onload='alert(1)'/>")
    (folder / "text.png").write_text("<script>alert(1)</script>")
    assert page.get(f"/write/picture/{article}?name={quote(name)}").status == 404
    assert page.get(f"/write/picture/{article}?name=text.png").status == 404


def test_a_huge_upload_is_refused_before_it_is_read(shut: Browser, shown: str) -> None:
    """An upload with a large Content-Length, and one with a false length, are refused."""
    before = files(shut.content)
    said = shut.post(f"/write/do/picture/{shown}", b"x", **{"Content-Length": str(2_000_000_000)})
    assert said.status == 413
    lied = shut.post(f"/write/do/picture/{shown}", b"\0" * (LONGEST_FILE + 1), **{"Content-Length": "10"})
    assert lied.status == 413
    assert files(shut.content) == before


def test_a_picture_bomb_is_refused(shut: Browser, shown: str) -> None:
    """A small file with too many pixels is refused."""
    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    before = files(shut.content)
    answer = shut.post(f"/write/do/picture/{shown}?name=bomb.png", out.getvalue())
    assert answer.status == 422
    assert "larger" in answer.data["error"] or "more than" in answer.data["error"]
    assert files(shut.content) == before


def test_a_strict_policy_stands_on_every_page(shut: Browser, shown: str) -> None:
    """The policy allows no inline script, no other host and no frame of another origin."""
    for target in ("/write/", "/write/new/article", f"/write/edit/{shown}", "/write/nothing"):
        answer = shut.get(target)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "<script>" not in answer.text
        assert " style=" not in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer"
    assert shut.get("/").headers["content-security-policy"] == "frame-ancestors 'self'"


def test_what_is_written_cannot_break_out_of_the_page(page: Browser, article: str) -> None:
    """Markup in a title or a text is escaped."""
    state = page.opened(article)
    hostile = "</script><script>alert(1)</script><!--"
    page.post(f"/write/do/save/{article}", {**state, "values": {"title": hostile}, "body": hostile})
    text = page.get(f"/write/edit/{article}").text
    assert "<script>alert" not in text
    assert "<script>alert" not in page.get("/write/").text
