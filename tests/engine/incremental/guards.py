"""The inputs that an incremental build compares, each with edits that detect its removal."""

from __future__ import annotations

from tests.engine.incremental.guarding import Guard

_CHANGE_DETECTION = "plugins/engine/incremental/change_detection.py"
_STEP = "plugins/engine/cache/step.py"
_PAGE_RENDERER = "plugins/pages/page_renderer.py"
_INDEX = "plugins/engine/incremental/recorded_output_index.py"
_SNAPSHOT = "plugins/engine/incremental/snapshot.py"

GUARDS = [
    # Inputs of pages.
    Guard(
        _PAGE_RENDERER,
        "(self._theme.digest, page.template)",
        "page.template",
        "template:1 component:2 template:3 component:4",
    ),
    Guard(_PAGE_RENDERER, '"the styles": self._styles.digest', '"the styles": ""', "style:1 style:2 style:3"),
    Guard(
        _PAGE_RENDERER,
        "(self._site, self._url)",
        "self._url",
        "settings_file:1 contact:2 settings_file:3 number:4 contact:5",
    ),
    # The metadata of a page has no guard, because it changes only together with other inputs.
    Guard(_PAGE_RENDERER, "(*shown.inputs.items(), ", "(*{}.items(), ", "body:1 body:2 body:3"),
    Guard(_PAGE_RENDERER, ', ("recent", shown.recent)):', ",):", "newest_title:1 newest_title:2"),
    Guard(_INDEX, " or before[0][rest] != now[rest]", "", "newest_title:1 body:2"),
    Guard(_INDEX, " or old[1] != new[1]", "", "recent_picture:1 recent_picture:2"),
    Guard("plugins/privacy_receipt/plugin.py", "(path, hole.rest, url", "(path, url", "link_out:1 link_out:2"),
    # Inputs of feed documents.
    Guard(
        "plugins/feeds/plugin.py",
        "FeedInputs(form, channel, document, self._metadata), self._render_cached",
        "FeedInputs(form, channel, document, self._metadata), self._render_cached, lambda feed: {'': feed.form}",
        "body:1 newest_title:2",
    ),
    # Inputs of the sitemap and other files of ``publishing``.
    Guard(
        "plugins/publishing/plugin.py",
        "Recipe(inputs, make)",
        'Recipe(inputs, make, lambda _: {"": ""})',
        "status:1 date:2 setting:2",
    ),
    # The files in the output folder.
    Guard(_INDEX, "before[0] == fingerprint and ", "", "body:1 title:2"),
    Guard(
        _INDEX,
        " and output.path not in self._tampered",
        "",
        "output_tampered:1 output_deleted:2 output_replaced:3",
    ),
    Guard(_SNAPSHOT, "if signature and signature == seen[0]", "if seen[1]", "output_tampered:1 body:2"),
    Guard(
        _SNAPSHOT,
        "return _signature(stat.st_mtime_ns, moved,",
        "return _signature(stat.st_mtime_ns, 1,",
        "unnoticed:1 output_tampered:2 unnoticed:3",
    ),
    Guard(
        _SNAPSHOT,
        "record = known if signature and signature == known[0] else",
        "record = known if known[1] else",
        "output_foreign:1",
    ),
    # The day, the code, and the lookups of texts.
    Guard(
        _CHANGE_DETECTION,
        "self.state.day == (options.as_of or _today(self.state.zone))",
        "True",
        "day:1 expiry:2 day:3",
    ),
    Guard("plugins/engine/incremental/plugin.py", " if not self._snapshots[CODE].changed else State()", "", "code:2"),
    Guard("plugins/engine/incremental/options.py", "self.production, self.changed,", "self.production,", "setting:1"),
    Guard(_STEP, " == answer\n", " is not None\n", "number:1 number:2 contact:3 address:4 address:5 address:6"),
    Guard(
        "plugins/engine/cache/sqlite_store.py", "if maker == self._maker else", "if maker else", "code:6 code:8 code:2"
    ),
    # The cache of pictures.
    Guard("plugins/images/plugin.py", ", path, file.digest), make", ", path), make", "picture_replaced:1"),
]
