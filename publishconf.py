"""What production changes."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from pelicanconf import *  # noqa: E402, F403 - the project's folder must be on the path first

SITEURL = "https://community.helpmestop.org.uk"
RELEASE = True
