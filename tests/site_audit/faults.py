"""Faults that each break one rule on one page of a valid site.

The style sheet or script of a fault is a file of its own, as the policy of the site requires.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from msgspec import Struct

from tests.sites.building import CONTENT

_FOUND = max(
    sorted((CONTENT / "articles").glob("*/index.md")),
    key=lambda file: file.read_text(encoding="utf-8").count("\n///"),
)
#: The article of the site with the most blocks.
ARTICLE = f"/articles/{_FOUND.parent.name}/"
HELP = "/help/"
_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>', re.IGNORECASE)


class Fault(Struct, frozen=True):
    """A fault.

    Attributes:
        name: its description.
        rule: the rule that it breaks.
        plant: adds the fault to the site in a folder.
        page: the page to which it is added.
    """

    name: str
    rule: str
    plant: Callable[[Path, str], None]
    page: str = ARTICLE


def write(file: Path, data: str | bytes) -> None:
    """Replace ``file``, which may be a hard link to the valid site, by a new file."""
    file.unlink(missing_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())


def page_file(site: Path, page: str) -> Path:
    """Return the file of the page at the address ``page``."""
    return site / page.strip("/") / "index.html"


def change(old: str, new: str) -> Callable[[Path, str], None]:
    """Return a fault that replaces all matches of ``old`` in the page by ``new``. There must be one."""

    def plant(site: Path, page: str) -> None:
        file = page_file(site, page)
        text, count = re.subn(old, new, file.read_text(encoding="utf-8"))
        assert count, f"the page has nothing like {old}"
        write(file, text)

    return plant


def put(
    html: str = "", *, head: str = "", top: str = "", css: str = "", js: str = "", files: dict[str, bytes] | None = None
) -> Callable[[Path, str], None]:
    """Return a fault that adds HTML at the end of ``main``, in the head or at the top, and a style sheet or files."""

    def plant(site: Path, page: str) -> None:
        file = page_file(site, page)
        # The policy that the server sends remains, and allows the files of a fault.
        text = _META_POLICY.sub("", file.read_text(encoding="utf-8"))
        added = head
        if css:
            write(site / "fault.css", css)
            added += '<link rel="stylesheet" href="/fault.css">'
        if js:
            write(site / "fault.js", js)
            added += '<script src="/fault.js" defer></script>'
        for name, data in (files or {}).items():
            write(site / name, data)
        text = text.replace("</head>", f"{added}</head>", 1)
        text = re.sub(r"<body[^>]*>", lambda body: body[0] + top, text, count=1)
        write(file, text.replace("</main>", f"{html}</main>", 1))

    return plant


def noise(size: int) -> str:
    """Return text that cannot be compressed."""
    return "".join(Random(1).choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", k=size))  # noqa: S311


def picture(size: int) -> bytes:
    """Return an SVG image of ``size`` bytes that cannot be compressed."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!-- {noise(size)} --></svg>'.encode()


def _words(count: int) -> str:
    return "<p>" + "word " * count + "</p>"


def _short_but_heavy(site: Path, page: str) -> None:
    change(r"(?s)<main.*</main>", f'<main id="content" tabindex="-1"><p data-x="{noise(9_000)}">Short.</p></main>')(
        site, page
    )


def feed(path: str, old: str, new: str) -> Callable[[Path, str], None]:
    """Return a fault that replaces all matches of ``old`` in the feed ``path`` by ``new``. There must be one."""

    def plant(site: Path, _page: str) -> None:
        text, count = re.subn(old, new, (site / path).read_text(encoding="utf-8"), count=1)
        assert count, f"the feed has nothing like {old}"
        write(site / path, text)

    return plant


_MANY = {f"many-{number}.svg": picture(10) for number in range(6)}
_HIDDEN_LINK = "a[href='/help/'] { display: none; } .js a[href='/help/'] { display: inline; }"

FAULTS = [
    Fault("a page of random letters", "page-bytes", put(f"<p>{noise(20_000)}</p>")),
    Fault("a short article with heavy markup", "article-bytes", _short_but_heavy),
    Fault("a large script", "script-bytes", put(js=f"// {noise(3_000)}")),
    Fault("the title of another page", "unique-title", change(r"<title>.* – ", "<title>Get help now – ")),
    Fault("no title", "unique-title", change(r"<title>.*?</title>", "<title> </title>")),
    Fault("a link to nowhere", "broken-link", put('<p>See <a href="/nowhere/">this</a>.</p>')),
    Fault("a picture that is not there", "broken-link", put('<img src="/nowhere.png" alt="" width="1" height="1">')),
    Fault("a link to no part of the page", "broken-fragment", put('<p>See <a href="#nowhere">this</a>.</p>')),
    Fault("a picture of another host", "third-party-reference", put('<img src="https://other.example/a.png" alt="" width="1" height="1">')),
    Fault("a picture set of another host", "third-party-reference", put('<img srcset="/icon.svg 1x, //other.example/a.png 2x" alt="" width="1" height="1">')),
    Fault("a hint to connect", "third-party-reference", put(head='<link rel="preconnect" href="https://other.example">')),
    Fault("a form that sends elsewhere", "third-party-reference", put('<form action="https://other.example/"><button>Send</button></form>')),
    Fault("a link that tells where from", "noreferrer", put('<p>See <a href="https://other.example/">this</a>.</p>')),
    Fault("no link to help", "help-link", change(r'href="/help/[^"]*"', 'href="/about/"')),
    Fault("a picture without its size", "picture-size", put('<img src="/icon.svg" alt="">')),
    Fault("a feed that is cut off", "feed-broken", feed("feeds/all.rss.xml", "</channel>", ""), "/feeds/all.rss.xml"),
    Fault("a feed that is something else", "feed-broken", feed("feeds/all.json", '"items"', '"things"'), "/feeds/all.json"),
    Fault("a feed with the address of another", "feed-address", feed("feeds/all.atom.xml", "feeds/all.atom.xml", "feeds/articles.atom.xml"), "/feeds/all.atom.xml"),
    Fault("an item about a page that is not there", "feed-link", feed("feeds/all.json", '"url":"([^"]*)/articles/[^"]*"', r'"url":"\1/articles/nowhere/"'), "/feeds/all.json"),
    Fault("an archive that is not there", "feed-link", feed("feeds/opml.xml", "feeds/all.atom.xml", "feeds/nothing.atom.xml"), "/feeds/opml.xml"),
    Fault("an item twice", "feed-id", feed("feeds/all.rss.xml", "(?s)(<item>.*?</item>)", r"\1\1"), "/feeds/all.rss.xml"),
    Fault("a request to another host", "third-party-request", put(js="fetch('https://127.0.0.1:9/').catch(() => {});")),
    Fault("a request for what is not there", "request-failed", put('<img src="/missing.png" alt="" width="1" height="1">')),
    Fault("a cookie", "cookie", put(js="document.cookie = 'seen=yes';")),
    Fault("local storage", "storage", put(js="localStorage.setItem('seen', 'yes');")),
    Fault("session storage", "storage", put(js="sessionStorage.setItem('seen', 'yes');")),
    Fault("a database", "storage", put(js="indexedDB.open('seen');")),
    Fault("a name for the window", "storage", put(js="window.name = 'reader 7';")),
    Fault("a style in place", "csp", change("</main>", '<p style="color: red">Red.</p></main>')),
    Fault("a script in place", "csp", put("<script>document.title = 'x';</script>")),
    Fault("a string made markup", "csp", put(js="document.body.lastElementChild.innerHTML = '<p>x</p>';")),
    Fault("a script that fails", "console-error", put(js="throw new Error('it fails');")),
    Fault("a picture that says it is wide", "picture-width", change(r'sizes="[^"]*"', 'sizes="200rem"')),
    Fault("a heavy picture", "article-weight", put(top='<img src="/heavy.svg" alt="" width="9" height="9">', files={"heavy.svg": picture(120_000)})),
    Fault(
        "many pictures", "article-requests",
        put(top="".join(f'<img src="/{name}" alt="" width="9" height="9">' for name in _MANY), files=_MANY),
    ),
    Fault("words of a script", "no-script", put(js="document.body.append('Only for those with JavaScript');")),
    Fault("a link of a script", "no-script", put(js="const a = document.createElement('a'); a.href = '/about/me/'; a.append('Me'); document.body.append(a);")),
    Fault("help that needs a script", "no-script", put(css=_HIDDEN_LINK, js="document.documentElement.className = 'js';")),
    Fault("a wide box", "reflow", put('<div class="fault">Wide</div>', css=".fault { width: 400px; }")),
    Fault("a box that scrolls", "reflow", put('<div class="fault"><p>Wide</p></div>', css=".fault { overflow-x: auto; } .fault p { width: 900px; }")),
    Fault("a wide box, zoomed", "zoom", put('<div class="fault">Wide</div>', css="@media (min-resolution: 3dppx) { .fault { width: 400px; } }")),
    Fault("a line that grows", "text-size", put('<p class="fault">a line of some thirty letters</p>', css=".fault { white-space: nowrap; }")),
    Fault("a line that gets wider", "text-spacing", put(f'<p class="fault">{"i i " * 14}</p>', css=".fault { white-space: nowrap; }")),
    Fault("a low box", "cut-text", put(f'<div class="fault">{_words(60)}</div>', css=".fault { height: 3em; overflow: hidden; }")),
    Fault("three dots", "cut-text", put(f'<p class="fault">{"word " * 60}</p>', css=".fault { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }")),
    Fault("a bar that stays", "pinned", put('<div class="fault">Here to stay</div>', css=".fault { position: fixed; top: 0; left: 0; right: 0; height: 90px; }")),
    Fault("a head that sticks", "pinned", put(css="body > header { position: sticky; top: 0; min-height: 90px; }")),
    Fault("a small button", "target-size", put("<button type='button' class='fault'>x</button>", css=".fault { width: 20px; height: 20px; padding: 0; }")),
    Fault("a small link alone", "target-size", put('<p><a href="/about/">About us</a></p>')),
    Fault("a covered link", "target-size", put('<p class="fault"><a href="/about/">About us</a></p>',
          css=".fault { position: relative; } .fault a { display: block; padding: 12px 0; } .fault::after { content: ''; position: absolute; inset: 20px 0 0; }")),
    Fault("a turn without end", "reduced-motion", put(css="@keyframes turn { to { rotate: 1turn; } } body > header a { animation: turn 2s infinite; }")),
    Fault("a slow change", "reduced-motion", put(css="a { transition: color 1s; }")),
    Fault("a trap for Tab", "keyboard-reach", put(js="addEventListener('keydown', (event) => { if (event.key === 'Tab' && document.activeElement.closest('main')) event.preventDefault(); });")),
    Fault("no mark of the focus", "focus-mark", put(css=":focus, :focus-visible { outline: 0 !important; }")),
    Fault("a mark that forced colours take away", "focus-mark-forced-colours", put(css=":focus, :focus-visible { outline: 0 !important; box-shadow: 0 0 0 4px red; }")),
    Fault("a link out of sight", "focus-in-view", put('<p><a class="fault" href="/about/">About us</a></p>', css=".fault { position: absolute; left: -9999px; }")),
    Fault("a button on paper", "print-controls", put("<button type='button'>Press</button>")),
    Fault("navigation on paper", "print-controls", put(css="@media print { nav { display: block !important; } }")),
    Fault("a link without its address on paper", "print-links", put('<p>See <a href="https://other.example/" rel="noreferrer">this</a>.</p>', css="@media print { a::after { content: none !important; } }")),
    Fault("a help sheet of two pages", "help-sheet", put(_words(3_000)), HELP),
    Fault("a picture without words", "axe", put('<img src="/icon.svg" width="9" height="9">')),
    Fault("pale words", "axe", put('<p class="fault">Pale</p>', css=".fault { color: #777; background: #fff; }")),
    Fault("dark words in the dark", "axe", put('<p class="fault">Dark</p>', css="@media (prefers-color-scheme: dark) { .fault { color: #444; } }")),
    Fault("a level left out", "axe", put("<h5>Deep</h5>", css="")),
    Fault("words on a picture", "axe-undecided", put('<p class="fault">On a picture</p>', css=".fault { background: url(/icon.svg); }")),
    Fault("one name twice", "nu", put('<p id="content">Twice</p>')),
    Fault("a style that is none", "nu", put(css=".fault { color: 12px; }")),
    Fault("a figure that is none", "nu", put('<img src="/icon.svg" alt="" width="wide" height="9">')),
    Fault("an old element", "html-validate", put("<center>Old</center>")),
    Fault("a button of unknown type", "html-validate", put("<button>Press</button>")),
    Fault("an unknown property", "stylelint", put(css=".fault { colour: red; }")),
    Fault("an empty rule", "stylelint", put(css=".fault { }")),
    Fault("no description", "lighthouse-score", change(r'<meta name="description"[^>]*>', "")),
    Fault("a heavy style sheet", "largest-paint", put(head='<link rel="stylesheet" href="/heavy.css">', files={"heavy.css": f"/* {noise(900_000)} */".encode()})),
    Fault("a busy script", "blocking-time", put(js="const end = performance.now() + 900; while (performance.now() < end);")),
    Fault("words that move", "layout-shift", put(top='<div id="fault"></div>', css=".high { height: 300px; }", js="const later = (step) => requestAnimationFrame(() => requestAnimationFrame(step)); later(() => setTimeout(() => { document.getElementById('fault').className = 'high'; }, 300));")),
    Fault("a script that fails in Firefox", "firefox-error", put(js="if (navigator.userAgent.includes('Firefox')) throw new Error('it fails');")),
    Fault("a box that is wide in Firefox", "firefox-reflow", put('<div class="fault">Wide</div>', css="@supports (-moz-appearance: none) { .fault { width: 400px; } }")),
]  # fmt: skip
