"""Check the site's privacy promises in every build, and publish the result as the privacy receipt.

Each file is read before any is put in place. A request that leaves the site, a cookie or another store, a link that
sends a referrer, a picture with a location, or the value of a private field is an error, which stops the build.

Modules: ``scanner`` maps files to the readers ``markup``, ``styles``, ``scripts`` and ``data``; ``origin`` decides
whether an address is on this site; ``cache`` and ``feed_splitter`` avoid reading a fragment twice; ``private_values``
searches for private fields; ``source_lookup`` finds where a violation was written; ``report`` makes the receipt.

Settings: none of its own. It reads ``SITEURL`` and the strings of the settings file, which are public. Stages:
``bodies_ready``, ``files_rendered``.
Writes ``/privacy-receipt.json``. The page ``/privacy-receipt/``, which shows it, is a layout of ``pages``.
"""

from plugins.privacy_receipt.plugin import register

__all__ = ["register"]
