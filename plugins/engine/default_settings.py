"""Every setting of a site, with its default. `docs/reference/settings.md` is made of the comments.

`pelicanconf.py` and `publishconf.py` belong to the site and name only what differs from these defaults, so that a later
version of the engine can add a plugin or a setting without an edit there.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The site
SITENAME = "Community"  # the name of the site, in titles and feeds
SITESUBTITLE = ""  # a line below the name
SITEURL = "http://localhost:8000"  # the public address of the site, without a slash at its end
SITE_LANGUAGE = "en-GB"  # the language of the texts, a BCP 47 tag
SITE_CONTACT = ""  # the id of our own line in content/register/help.yaml; none when empty
ICON_LABEL = "Community"  # the words below our icon on a phone; others may see them, so they must not name the subject
TIMEZONE = "Europe/London"  # the time zone in which a day begins, a name of the IANA database
# True for a release: crisis contacts that nobody verified stop the build, and stories with lapsed consent are left out.
RELEASE = False
HELP_EXPIRED_ALLOWED: list[str] = []  # ids of crisis contacts that a release may show although nobody verified them
AS_OF = None  # the day of the build, "2026-11-22"; today when None

# Folders
PATH = str(ROOT / "content")  # the content folder
OUTPUT_PATH = str(ROOT / "output")  # the folder for the finished site
THEME = str(ROOT / "theme")  # the templates, components and styles
CACHE_PATH = str(ROOT / ".cache")  # what one build keeps for the next; it may be deleted at any time
HANDBOOK_PATH = str(ROOT / "docs" / "handbook")  # the handbook for authors; a release leaves it out
HANDBOOK_OF = PATH  # the content that the examples of the handbook name; a site of another folder has no handbook
OUTPUT_RETENTION = [".git"]  # names in the output folder that no build removes

# Pelican
PELICAN_CLASS = "plugins.AtomicPelican"  # runs a build: every file is made before one is written
# The Pelican plugins. Within a stage of the build their order does not matter.
PLUGINS = [
    "plugins.stories",
    "plugins.commitments",
    "plugins.help_register",
    "plugins.images",
    "plugins.documents",
    "plugins.assets",
    "plugins.markdown_blocks",
    "plugins.recent_articles",
    "plugins.feeds",
    "plugins.search",
    "plugins.authoring.handbook",
    "plugins.pages",
    "plugins.publishing",
    "plugins.privacy_receipt",
]

# Documents
# The types that readers may download, with words for each. Others are possible, for example ".docx": "Word document".
DOCUMENT_TYPES = {".pdf": "PDF"}
DOCUMENT_LIMIT = 10_000_000  # the most bytes of one document

# Pages
# The links at the top of each page, on one row beside the help button. One whose page does not exist is left out.
NAVIGATION = [
    ("Articles", "/articles/"),
    ("Stories", "/stories/"),
    ("Commitments", "/commitments/"),
    ("Search", "/search/"),
]
# The links at the foot of each page. One whose page does not exist is left out.
FOOTER = [
    ("Topics", "/topics/"),
    ("About us", "/about/"),
    ("Who we are", "/people/"),
    ("Our charter", "/charter/"),
    ("How we make our information", "/how-we-make-our-information/"),
    ("Follow in private", "/subscribe/"),
    ("Privacy", "/privacy/"),
    ("Privacy receipt", "/privacy-receipt/"),
    ("Stay safe online", "/safety/"),
    ("Accessibility", "/accessibility/"),
    ("Handbook for authors", "/handbook/"),  # a release has no handbook, so no link
]
EXIT_URL = "https://www.bbc.co.uk/weather"  # the address behind "Exit this page": a site that anybody might look at
SEARCH_LIMIT = 60_000  # the most bytes of the search index after gzip; a larger one is split into parts
SEARCH_LIST_LIMIT = 120  # the most links on one page of the list from A to Z; a longer list has pages for each letter
PAGE_SIZE = 12  # cards on one page of a list; the first page has those that are left over, too
# The answers to "Who is this for?" on the home page: a label, words below it, an address, and a drawing of the theme
# (theme/components/drawing). One whose page does not exist is left out.
HOME_DOORS = [
    ("For me", "My own drinking or drug use", "/topics/getting-help/", "for-me"),
    ("For someone else", "A partner, a parent, a child or a friend", "/topics/families/", "for-someone-else"),
    ("I am not sure yet", "Somewhere to begin, with no pressure", "/stories/", "not-sure"),
]
HOME_STORIES = 3  # stories on the home page
HOME_COMMITMENTS = 4  # commitments on the home page
RECENT_ARTICLES_COUNT = 3  # the newest articles beside a page
RELATED_ARTICLES_COUNT = 3  # articles with the same topics beside a page

# The editor
# True: *Publish* in the editor runs `inv publish` to PUBLISH_TARGET; False: it commits, and your workflow publishes.
WRITE_PUBLISHES = False
WRITE_URL = ""  # for `inv write --listen`: the address that people open, such as "https://write.example.org"
WRITE_PROXY = ["127.0.0.1"]  # for `inv write --listen`: the addresses of the proxy; any other may ask nothing
WRITE_AUTHOR_HEADER = ""  # for `inv write --listen`: the header in which the proxy names who asks: "X-Write-Author"

# Pelican's own feeds
# All are off: plugins.feeds makes the feeds.
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
FEED_ATOM = None
FEED_RSS = None
CATEGORY_FEED_ATOM = None
CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = None
TAG_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = None

# Feeds
FEED_ITEMS = 20  # the most items of a feed, apart from withdrawals; an archive has half as many
FEED_ID_AUTHORITY = "localhost,2026"  # the authority of the tag: URIs (RFC 4151); once published, keep it
FEED_RIGHTS = ""  # the copyright notice of each feed
FEED_HUB = ""  # the address of a WebSub hub; none, so that nobody else learns of subscribers
FEED_TTL = 360  # minutes that a feed reader may keep a feed before it fetches it again
FEED_SIZE_LIMIT = 256_000  # the most bytes of a feed; one that would be larger has fewer items
FEED_GZIP_LIMIT = 64_000  # the most bytes of a feed after gzip; one that would be larger has fewer items
FEED_ALIASES = ["/feed/", "/feed.xml", "/rss.xml"]  # old addresses at which the feed of everything answers
FEED_WITHDRAWN_DAYS = 90  # days for which a feed says that an entry was withdrawn
# Stories whose consent has ended, by id, with the day of the first release without them. `inv publish` sets it.
GONE_SINCE: dict[str, str] = {}
FEED_HELP_CONTACTS = ["emergency"]  # ids of the contacts at the end of every item

# Publishing
# The target of `inv publish`, such as ssh://deploy@example.org/srv/community; see docs/hosting/README.md.
PUBLISH_TARGET = ""
PUBLISH_RELOAD = ""  # a command that the host runs after each switch, such as "sudo systemctl reload nginx"
PUBLISH_CHECK = ""  # the address of the smoke test after a switch; SITEURL when empty, no test when "none"
PUBLISH_CHECK_SECONDS = 30  # how long a host or a cache may take to serve the release before it is taken back
