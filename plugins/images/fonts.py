"""The font of social cards."""

from __future__ import annotations

from fontpkg_source_serif_4 import ROOT

#: Similar to the font of headings. ``fontpkg`` would search all installed packages for it.
FONT = ROOT / "files" / "SourceSerif4[opsz,wght].ttf"
