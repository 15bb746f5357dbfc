"""Cloudflare Pages: `_headers` and `_redirects`, named as Netlify's, but with limits, and without statuses 404 and 410.

So they lie in a folder of their own, and take the place of Netlify's at the root of what is sent to Cloudflare. Pages
that were withdrawn are shown with status 200 there; they say `noindex` themselves.
"""

from __future__ import annotations

from plugins.publishing.hosts import netlify
from plugins.publishing.hosts.answers import Answers
from plugins.publishing.hosts.quoting import encoded

HEADERS_PATH = "_hosts/cloudflare/_headers"
REDIRECTS_PATH = "_hosts/cloudflare/_redirects"
#: What Cloudflare reads; it leaves out what is beyond.
MOST_HEADER_RULES = 100
MOST_REDIRECTS = 2000
LONGEST_HEADER = 2000
LONGEST_REDIRECT = 1000


def headers(answers: Answers) -> str:
    """Return the file `_headers`: what holds for all answers, and the policies of as many pages as Cloudflare reads.

    Pages without a rule carry their policy in themselves, as all do. Those nearest to the home page come first.
    """
    rules = dict(netlify.general(answers))
    pages = sorted(netlify.policies(answers).items(), key=lambda rule: (rule[0].count("/"), rule[0]))
    fitting = (rule for rule in pages if all(len(f"  {n}: {v}") <= LONGEST_HEADER for n, v in rule[1].items()))
    for pattern, values in fitting:
        if len(rules) == MOST_HEADER_RULES:
            break
        rules[pattern] = values
    return netlify.written(rules)


def redirects(answers: Answers) -> str:
    """Return the file `_redirects`, as far as Cloudflare reads it; beyond it the small pages at old addresses do it."""
    lines = (f"{encoded(address)} {encoded(target)} 301" for address, target in sorted(answers.redirects.items()))
    return netlify.joined([line for line in lines if len(line) <= LONGEST_REDIRECT][:MOST_REDIRECTS])
