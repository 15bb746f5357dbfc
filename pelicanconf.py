"""The settings of this site. docs/reference/settings.md explains every setting and its default."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from plugins.engine.default_settings import *  # noqa: E402, F403 - the project's folder must be on the path first

# The site
SITENAME = "Help Me Stop"
SITESUBTITLE = "A recovery community for anyone who seeks belonging and purpose."
SITE_CONTACT = "help-me-stop"

# Pages
NAVIGATION = [
    ("Articles", "/articles/"),
    ("Stories", "/stories/"),
    ("Commitments", "/commitments/"),
    ("Search", "/search/"),
]
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
# The answers to "Who is this for?" on the home page: a label, words below it, an address, and a drawing of the theme
# (theme/components/drawing). One whose page does not exist is left out.
HOME_DOORS = [
    ("For me", "My own drinking or drug use", "/topics/getting-help/", "for-me"),
    ("For someone else", "A partner, a parent, a child or a friend", "/topics/families/", "for-someone-else"),
    ("I am not sure yet", "Somewhere to begin, with no pressure", "/stories/", "not-sure"),
]

# Feeds
FEED_ID_AUTHORITY = "helpmestop.org.uk,2026"
FEED_RIGHTS = "© Help Me Stop. Please link to our pages rather than copying them."
FEED_HELP_CONTACTS = ["emergency", "samaritans", "help-me-stop"]
