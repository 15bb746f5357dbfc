"""Test the Content-Security-Policy of pages, and that of the header."""

from __future__ import annotations

import base64
import hashlib

import pytest

from plugins.engine.security_policy import SITE_POLICY, page_policy
from tests.sites.policies import directives


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("manifest", [True, False])
def test_a_page_allows_what_it_has(scripts: bool, manifest: bool) -> None:
    """A page allows only its own style, pictures of the site and, if it has them, scripts and manifest."""
    digest = base64.b64encode(hashlib.sha256(b"p{a:b}").digest()).decode()
    allowed = {"script-src": ["'self'"]} if scripts else {}
    allowed |= {"manifest-src": ["'self'"]} if manifest else {}
    assert directives(page_policy("p{a:b}", scripts=scripts, manifest=manifest)) == {
        "default-src": ["'none'"],
        "img-src": ["'self'"],
        "style-src": [f"'sha256-{digest}'"],
        **allowed,
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["'none'"],
    }


def test_a_page_with_a_font_allows_our_fonts() -> None:
    """A style with a font allows fonts of the site."""
    assert directives(page_policy("@font-face{src:url(/a.woff2)}", scripts=False))["font-src"] == ["'self'"]


def test_the_header_allows_what_some_page_may() -> None:
    """The header forbids framing and whatever no page allows. It allows any style, which each page restricts."""
    assert directives(SITE_POLICY) == {
        **directives(page_policy("@font-face{}", scripts=True, manifest=True)),
        "style-src": ["'self'", "'unsafe-inline'"],
        "frame-ancestors": ["'none'"],
    }
