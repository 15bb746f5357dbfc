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

# Feeds
FEED_ID_AUTHORITY = "helpmestop.org.uk,2026"
FEED_RIGHTS = "© Help Me Stop. Please link to our pages rather than copying them."
FEED_HELP_CONTACTS = ["emergency", "samaritans", "help-me-stop"]
