"""Test the web manifest."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from plugins.engine.settings import SettingsError
from plugins.publishing.settings import IconSettings
from plugins.publishing.web_manifest import ICONS, WebManifest, render
from tests.sites.building import SITES, Built, run_here

#: Words that reveal what the site is about.
_TELLING = ("help", "stop", "recover", "addict", "sober", "drug", "alcohol", "drink")


def manifest(site: Built) -> dict[str, Any]:
    """Return the manifest of ``site``."""
    found = json.loads(site.text("site.webmanifest"))
    assert isinstance(found, dict)
    return found


def test_the_home_page_leads_to_the_manifest_and_no_other_page_does(built: Built) -> None:
    """Only the home page links to the manifest, and only its policy allows it."""
    for path in built.html_files():
        page = built.page(f"/{path}")
        links = [link["href"] for link in page.select("link[rel=manifest]")]
        (policy,) = (str(meta["content"]) for meta in page.select("meta[http-equiv=Content-Security-Policy]"))
        is_home = path == "index.html"
        assert links == ([f"{built.root}/site.webmanifest"] if is_home else []), path
        assert ("manifest-src 'self'" in policy.split(";")) == is_home, path


def test_addresses_lie_below_the_site(built: Built) -> None:
    """The start URL is the home page, and the icons are files of the site with the sizes in the manifest."""
    found = manifest(built)
    assert found["start_url"] == found["scope"] == found["id"] == f"{built.root}/"
    assert len(found["icons"]) == len(ICONS)
    for icon in found["icons"]:
        data = (built.output / icon["src"].removeprefix(f"{built.root}/")).read_bytes()
        if icon["type"] == "image/png":
            with Image.open(io.BytesIO(data)) as picture:
                assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in found["icons"]}
    assert [icon["sizes"] for icon in found["icons"] if icon.get("purpose") == "maskable"] == ["512x512"]


def test_the_manifest_does_not_reveal_the_subject(real: Built) -> None:
    """Browsers do not offer to install the site, and the label could be that of any site."""
    found = manifest(real)
    assert found["display"] == "browser"
    assert not [word for word in _TELLING if word in found["short_name"].lower()]
    assert len(found["short_name"]) <= 12, "a phone cuts longer words off"


def test_colours_are_those_of_the_pages(real: Built) -> None:
    """The colours of the manifest are the background colour of the pages."""
    (light, _) = (str(meta["content"]) for meta in real.page("/").select("meta[name=theme-color]"))
    found = manifest(real)
    assert found["background_color"] == found["theme_color"] == light


def test_browsers_find_their_icons_without_links(built: Built) -> None:
    """The icons that browsers request at the root without a link exist."""
    assert {"favicon.ico", "apple-touch-icon.png", "icon.svg"} <= set(built.files())


def test_a_theme_without_icons_and_colours_has_a_manifest() -> None:
    """A theme without icons and colours gives a manifest without them."""
    found = json.loads(render(WebManifest("Name", "Label", "en", "", "", ())))
    assert found["icons"] == []
    assert "theme_color" not in found
    assert found["start_url"] == "/"


@pytest.mark.parametrize("label", ["", "  ", None, 3])
def test_a_label_that_is_none_is_refused(label: object) -> None:
    """A label that is empty or not text is refused."""
    with pytest.raises(SettingsError, match="ICON_LABEL"):
        IconSettings.from_pelican({"ICON_LABEL": label})


def test_a_slip_in_the_settings_stops_the_build(tmp_path: Path) -> None:
    """An invalid label stops the build, which writes nothing."""
    done = run_here(SITES / "minimal", tmp_path / "output", ICON_LABEL="")
    assert done.status == 1
    assert "ICON_LABEL" in done.stderr
    assert not (tmp_path / "output").exists()
