"""The settings that a release changes, and those of `inv publish`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from pelicanconf import *  # noqa: E402, F403 - the project's folder must be on the path first

# Release
SITEURL = "https://community.helpmestop.org.uk"
RELEASE = True

# Publishing
# The target of `inv publish`, such as ssh://deploy@example.org/srv/community; see docs/hosting/README.md.
PUBLISH_TARGET = ""
PUBLISH_RELOAD = ""  # a command that the host runs after each switch, such as "sudo systemctl reload nginx"
PUBLISH_CHECK = ""  # the address of the smoke test after a switch; SITEURL when empty, no test when "none"
PUBLISH_CHECK_SECONDS = 30  # how long a host or a cache may take to serve the release before it is taken back
