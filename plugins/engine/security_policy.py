"""Make the Content-Security-Policy of each page, and the site-wide one that hosts send as a header.

A page has its own policy in ``<meta>``. A browser enforces both, so a page may do only what both allow.
"""

from __future__ import annotations

import base64
import hashlib


def page_policy(css: str, *, scripts: bool, manifest: bool = False) -> str:
    """Return the Content-Security-Policy of a page with the style ``css``; what it does not name is forbidden.

    Args:
        css: the text of the page's ``<style>``, allowed by its hash. Fonts are allowed if it has any.
        scripts: whether the page has scripts of ours.
        manifest: whether the page leads to the web manifest.
    """
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return _policy(f"'sha256-{digest}'", fonts="@font-face" in css, scripts=scripts, manifest=manifest)


def _policy(styles: str, *, fonts: bool, scripts: bool, manifest: bool) -> str:
    parts = [
        "default-src 'none'",
        "img-src 'self'",
        f"style-src {styles}",
        *(["font-src 'self'"] if fonts else []),
        *(["script-src 'self'"] if scripts else []),
        *(["manifest-src 'self'"] if manifest else []),
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return ";".join(parts)


_WIDEST = _policy("'self' 'unsafe-inline'", fonts=True, scripts=True, manifest=True)
#: The header of every answer. It allows what the policy of any page can allow, and the style sheet of feeds, which have
#: no policy of their own. Who may frame a page (``frame-ancestors``) can only be said in a header.
SITE_POLICY = f"{_WIDEST};frame-ancestors 'none'"
