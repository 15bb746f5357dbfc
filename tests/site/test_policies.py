"""Test the Content-Security-Policy of every page and the header that hosts send."""

from __future__ import annotations

import base64
import hashlib

from plugins.engine.security_policy import SITE_POLICY
from tests.site.test_pages import one, pages
from tests.sites.building import Built
from tests.sites.policies import directives


def test_the_policy_of_a_page_is_exact(built: Built) -> None:
    """The policy of a page is its first element that loads anything, and allows only what the page contains."""
    for path, page in pages(built):
        stated = one(page, 'meta[http-equiv="Content-Security-Policy"]')
        assert one(page, "head").find_all(True)[1] is stated, path
        css = str(one(page, "style").string)
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        policy = directives(str(stated["content"]))
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"], path
        assert policy["style-src"] == [f"'sha256-{digest}'"], path
        assert policy["img-src"] == ["'self'"], path
        assert policy["font-src"] == ["'self'"], path
        assert ("script-src" in policy) == bool(page.select("script[src]")), path
        assert ("manifest-src" in policy) == bool(page.select('link[rel="manifest"]')), path
        assert not page.select("[style]"), path


def test_the_header_allows_what_every_page_allows(built: Built) -> None:
    """The header allows what each page allows, old addresses included, because browsers enforce both."""
    header = directives(SITE_POLICY)
    for path in built.files():
        if not path.endswith(".html"):
            continue
        stated = one(built.page(f"/{path}"), 'meta[http-equiv="Content-Security-Policy"]')
        for name, sources in directives(str(stated["content"])).items():
            # A hash in the policy belongs to an inline element of the page.
            wanted = {"'unsafe-inline'" if source.startswith("'sha256-") else source for source in sources}
            assert wanted <= {*header[name], "'none'"}, (path, name)
