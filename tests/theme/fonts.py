"""Write the font of the theme: ``python -m tests.theme.fonts`` (needs ``pip install fonttools``).

The source is the variable font of the package ``fontpkg-source-serif-4``, which also draws the social cards. The result
holds one optical size, the weights of text and headings, and the characters of English and Welsh. Run it after a change
of the settings below. A test fails when the file lacks a character.
"""

from __future__ import annotations

from pathlib import Path

from plugins.images.fonts import FONT

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "theme" / "fonts"
FILE = FOLDER / "community-serif.woff2"
LICENCE = FOLDER / "OFL.txt"
#: The most bytes of the file.
LIMIT = 20_000
#: Between text and display, in points.
OPTICAL_SIZE = 28
WEIGHTS = (400, 600)
#: ASCII without signs of programs, Western European letters, the Welsh circumflexes, and typographic signs.
CHARACTERS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    " \u00a0!\"%&'()+,-./:;?@"
    "ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜàáâäçèéêëìíîïñòóôöùúûüŴŵŶŷ"
    "£€–—‘’“”…"
)  # fmt: skip
#: The font may not be called by the reserved name of its source ("Source").
NAME = "Community Serif"
#: Name records that hold the copyright, the trademark and the licence, which the OFL requires to be kept.
_LEGAL_NAMES = (0, 7, 13, 14)
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6


def main() -> None:
    """Write the font and its licence into the theme."""
    # Imported here, because only this script needs the library.
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(FONT)
    options = Options()
    options.layout_features = ["kern", "mark", "ccmp", "locl"]
    options.hinting = False
    # Shows a missing character as a box.
    options.notdef_outline = True
    options.name_IDs = [*_LEGAL_NAMES, _FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT]
    options.drop_tables += ["BASE", "STAT", "gasp", "DSIG", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(CHARACTERS)))
    subsetter.subset(font)
    instantiateVariableFont(font, {"opsz": OPTICAL_SIZE, "wght": WEIGHTS}, inplace=True, updateFontNames=False)
    for number, value in ((_FAMILY, NAME), (_FULL, NAME), (_UNIQUE, NAME), (_POSTSCRIPT, NAME.replace(" ", ""))):
        font["name"].setName(value, number, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(FILE)
    LICENCE.write_bytes((FONT.parents[1] / "LICENSE").read_bytes())


if __name__ == "__main__":
    main()
