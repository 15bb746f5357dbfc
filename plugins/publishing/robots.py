"""Write ``robots.txt`` (RFC 9309) with preferences on AI training (draft-ietf-aipref-attach-05).

Crawlers request this file at the root of a host only. For a site below a path, the owner of the host adds the
``Sitemap:`` line to the host's own file, or submits the sitemap to search engines.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from plugins.publishing.hosts.response_rules import NO_TRAINING, TRAINING

PATH = "/robots.txt"


def robots(sitemap: str, root: str, trainable: Iterable[str]) -> str:
    """Return a ``robots.txt`` that allows every fetch, and training of AI only where somebody agreed to it.

    Pages that must stay out of search carry ``noindex``, which a crawler reads only if it may fetch the page.

    Args:
        sitemap: the absolute URL of the sitemap.
        root: the path prefix of the site.
        trainable: permalinks of the pages whose text AI may be trained on.
    """
    usage = {f"{root}/": NO_TRAINING} | {f"{root}{quote(path)}": TRAINING for path in sorted(trainable)}
    rules = "".join(f"Content-Usage: {path} {preference}\n" for path, preference in usage.items())
    return f"User-agent: *\nAllow: /\n{rules}\nSitemap: {sitemap}\n"
