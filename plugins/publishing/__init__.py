"""Write redirects, the sitemap and other files for hosts and browsers, and publish releases of the built site.

In a build, the plugin writes a redirect page for each alias and records which addresses are gone. The commands
``inv publish``, ``inv rollback`` and ``inv releases`` run after a build: ``release/`` makes a folder that any host can
serve, ``hosts/`` writes the configuration of each kind of host, ``targets/`` uploads the release, ``publication.py``
switches to it atomically, and ``smoke_test.py`` requests a sample of it over HTTP.

Settings: ``ICON_LABEL``, ``PUBLISH_TARGET``, ``PUBLISH_RELOAD``, ``PUBLISH_CHECK``, ``PUBLISH_CHECK_SECONDS``. Stages:
``bodies_ready``, ``pages_wanted``. Writes a redirect page at each alias, ``sitemap.xml`` (and its parts, where it is
long), ``robots.txt``, ``.well-known/security.txt`` and ``site.webmanifest``, and ``answers.json`` beside the output
folder.
"""

from plugins.publishing.plugin import register

__all__ = ["register"]
