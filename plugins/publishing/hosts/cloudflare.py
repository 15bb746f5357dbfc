"""Write the file `_redirects` for Cloudflare Pages.

Cloudflare reads the format of Netlify's files, but limits the number and length of redirects and has no rules for 404
and 410. The file therefore lies in a folder of its own, and replaces Netlify's when a site is published to Cloudflare.
Withdrawn addresses answer with status 200 there. Their pages carry `noindex`.
"""

from __future__ import annotations

from plugins.publishing.hosts import netlify
from plugins.publishing.hosts.quoting import encoded
from plugins.publishing.hosts.response_rules import ResponseRules, by_parameter

REDIRECTS_PATH = "_hosts/cloudflare/_redirects"
#: Cloudflare ignores redirects beyond these limits.
MOST_REDIRECTS = 2000
LONGEST_REDIRECT = 1000


def redirects(response_rules: ResponseRules) -> str:
    """Return the file `_redirects`, within Cloudflare's limits. Redirect pages serve the other aliases.

    Cloudflare does not compare queries: an alias with one shows the page at its path.
    """
    lines = (
        f"{encoded(address)} {encoded(target)} 301"
        for address, target in by_parameter(response_rules.redirects)[""].items()
    )
    return netlify.joined([line for line in lines if len(line) <= LONGEST_REDIRECT][:MOST_REDIRECTS])
