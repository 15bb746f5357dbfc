"""Every setting of the site, in one place. What only production changes is in publishconf.py."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from plugins.engine.site import AtomicPelican  # noqa: E402 - the project's folder must be on the path first

# The site
SITENAME = "Help Me Stop"
SITESUBTITLE = "A recovery community for anyone who seeks belonging and purpose."
SITEURL = "http://localhost:8000"
SITE_LANGUAGE = "en-GB"
SITE_CONTACT = "help-me-stop"  # the id of our own line in content/register/help.yaml
ICON_LABEL = "Community"  # below our icon on a phone, which others may see: nothing that tells what the site is about
TIMEZONE = "Europe/London"
# True in publishconf.py: contacts that nobody verified stop the build, and stories with lapsed consent are left out.
RELEASE = False
HELP_EXPIRED_ALLOWED: list[str] = []  # ids of crisis contacts that a release may show although nobody verified them
AS_OF = None  # the day of the build, "2026-11-22"; today when None

# Where things are
PATH = str(ROOT / "content")
OUTPUT_PATH = str(ROOT / "output")
THEME = str(ROOT / "theme")
CACHE_PATH = str(ROOT / ".cache")
HANDBOOK_PATH = str(ROOT / "docs" / "handbook")  # for authors; a release leaves it out
HANDBOOK_OF = PATH  # the content that its examples name; a site made from another folder has no handbook
OUTPUT_RETENTION = [".git"]

# How it is built
PELICAN_CLASS = AtomicPelican
PLUGINS = [
    "plugins.engine",
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

# Documents that readers may download. Others are possible, for example ".docx": "Word document".
DOCUMENT_TYPES = {".pdf": "PDF"}
DOCUMENT_LIMIT = 10_000_000  # bytes

# Pages
NAVIGATION = [
    ("Articles", "/articles/"),
    ("Stories", "/stories/"),
    ("Commitments", "/commitments/"),
    ("Topics", "/topics/"),
    ("About us", "/about/"),
    ("Search", "/search/"),
]
FOOTER = [
    ("Our charter", "/charter/"),
    ("Follow in private", "/subscribe/"),
    ("Who we are", "/people/"),
    ("Privacy", "/privacy/"),
    ("Privacy receipt", "/privacy-receipt/"),
    ("Stay safe online", "/safety/"),
    ("Accessibility", "/accessibility/"),
    ("Handbook for authors", "/handbook/"),  # there is none in a release, and then no link
]
EXIT_URL = "https://www.bbc.co.uk/weather"  # where "Exit this page" leads: a site that anybody might be looking at
SEARCH_LIMIT = 60_000  # bytes of the search index as they travel; a larger one is cut into parts
SEARCH_LIST_LIMIT = 120  # links on one page of the list from A to Z; a longer list has pages for each letter
PAGE_SIZE = 12
HOME_STORIES = 3
HOME_COMMITMENTS = 4
RECENT_ARTICLES_COUNT = 3
RELATED_ARTICLES_COUNT = 3

# Feeds are made by plugins.feeds; Pelican's own are all off.
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
FEED_ITEMS = 20
FEED_ID_AUTHORITY = "helpmestop.org.uk,2026"  # of the tag: URIs (RFC 4151); never changes once published
FEED_RIGHTS = "© Help Me Stop. Please link to our pages rather than copying them."
FEED_HUB = ""  # the address of a WebSub hub; none, so that nobody else learns of subscribers
FEED_TTL = 360  # minutes that a reader may wait before it asks again
FEED_SIZE_LIMIT = 256_000  # bytes; a feed that would be larger holds fewer items
FEED_GZIP_LIMIT = 64_000  # bytes as they travel
FEED_WITHDRAWN_DAYS = 90  # for so long a feed says that an entry is gone
GONE_SINCE: dict[str, str] = {}  # stories whose consent has ended, and since when readers know; `inv publish` sets it
FEED_HELP_CONTACTS = ["emergency", "samaritans", "help-me-stop"]  # named at the end of every item
