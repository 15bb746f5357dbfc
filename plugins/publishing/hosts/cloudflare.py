"""Cloudflare Pages: reads Netlify's `_headers`, but its `_redirects` has limits, and no statuses 404 and 410.

So that file lies in a folder of its own, and takes the place of Netlify's at the root of what is sent to Cloudflare.
Pages that were withdrawn are shown with status 200 there; they say `noindex` themselves.
"""

from __future__ import annotations

from plugins.publishing.hosts import netlify
from plugins.publishing.hosts.quoting import encoded
from plugins.publishing.hosts.response_rules import Answers

REDIRECTS_PATH = "_hosts/cloudflare/_redirects"
#: What Cloudflare reads; it leaves out what is beyond.
MOST_REDIRECTS = 2000
LONGEST_REDIRECT = 1000


def redirects(answers: Answers) -> str:
    """Return the file `_redirects`, as far as Cloudflare reads it; beyond it the small pages at old addresses do it."""
    lines = (f"{encoded(address)} {encoded(target)} 301" for address, target in sorted(answers.redirects.items()))
    return netlify.joined([line for line in lines if len(line) <= LONGEST_REDIRECT][:MOST_REDIRECTS])
