"""What each page of every built site allows itself, and that the header of a host does not take it away."""

from __future__ import annotations

import base64
import hashlib

from plugins.engine.security_policy import SITE_POLICY
from tests.site.test_pages import one, pages
from tests.sites.building import Built
from tests.sites.policies import directives


def test_the_policy_of_a_page_is_exact(built: Built) -> None:
    """Each page states its policy before anything else can load; it allows what the page has and nothing more."""
    for path, page in pages(built):
        stated = one(page, 'meta[http-equiv="Content-Security-Policy"]')
        assert one(page, "head").find_all(True)[1] is stated, path
        css = str(one(page, "style").string)
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        policy = directives(str(stated["content"]))
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"], path
        assert policy["style-src"] == [f"'sha256-{digest}'"], path
        assert policy["img-src"] == ["'self'"], path
        assert ("script-src" in policy) == bool(page.select("script[src]")), path
        assert ("manifest-src" in policy) == bool(page.select('link[rel="manifest"]')), path
        assert not page.select("[style]"), path


def test_the_header_takes_nothing_from_a_page(built: Built) -> None:
    """Whatever a page allows itself, old addresses too, the header allows: browsers enforce both."""
    header = directives(SITE_POLICY)
    for path in built.files():
        if not path.endswith(".html"):
            continue
        stated = one(built.page(f"/{path}"), 'meta[http-equiv="Content-Security-Policy"]')
        for name, sources in directives(str(stated["content"])).items():
            # What has a hash stands in the page itself.
            wanted = {"'unsafe-inline'" if source.startswith("'sha256-") else source for source in sources}
            assert wanted <= {*header[name], "'none'"}, (path, name)
