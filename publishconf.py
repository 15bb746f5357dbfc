"""What production changes."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from pelicanconf import *  # noqa: E402, F403 - the project's folder must be on the path first

SITEURL = "https://community.helpmestop.org.uk"
# Readers will see this build. It stops at a crisis contact that nobody has verified in time; see HELP_EXPIRED_ALLOWED.
RELEASE = True

# Where `inv publish` brings the site, such as ssh://deploy@example.org/srv/help-me-stop; see docs/hosting/README.md.
PUBLISH_TARGET = ""
PUBLISH_RELOAD = ""  # a command for the host after each switch, such as "sudo systemctl reload nginx"
PUBLISH_CHECK = ""  # where the site is looked at from outside after a switch; SITEURL when empty, nowhere when "none"
