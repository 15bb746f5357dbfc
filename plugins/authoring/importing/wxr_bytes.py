"""Repair known faults of a WordPress export while it is read, so that a strict XML parser accepts it.

A recovering parser loses text silently: one control character empties a whole body. So known faults are repaired first,
and counted.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO

_CHUNK = 1 << 18
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
#: Characters that XML 1.0 does not allow.
_BAD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?:#(\d{1,9})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{1,31}));")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_KNOWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']""")
#: A CDATA section of an export ends its element, or is followed by another section.
_REAL_END = re.compile(r"\]\]>(?=\s*</(?:\w+:\w+|title|link|category|description|guid)\s*>|\s*<!\[CDATA\[)")
#: Characters that are held back until more is read, because they may begin a tag, a reference or the end of a section.
_KEPT_BACK = 200
_LAST_OF_UNICODE = 0x10FFFF


class XmlMender:
    """Reads a file and yields it with its faults repaired.

    Args:
        stream: the file.

    Attributes:
        mended: number of repaired faults, by description.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._in_cdata = False
        self._begun = False
        self._rest = ""
        self.mended: Counter[str] = Counter()

    def pieces(self) -> Iterator[tuple[bool, str]]:
        """Yield the file in chunks, each with whether it is the content of a CDATA section.

        No tag or reference is split. Section delimiters are left out.
        """
        data = self._stream.read(_CHUNK)
        decoder = codecs.getincrementaldecoder(_encoding(data))(_AS_WINDOWS)
        while True:
            last = not data
            text = decoder.decode(data, final=last)
            if _MARKED in text:
                self.mended["bytes in another encoding than that of the file"] += text.count(_MARKED)
                text = text.replace(_MARKED, "")
            yield from self._mend(text, last=last)
            if last:
                return
            data = self._stream.read(_CHUNK)

    def _mend(self, text: str, *, last: bool) -> Iterator[tuple[bool, str]]:
        text = self._rest + text
        self._rest = ""
        if not self._begun:
            start = re.search(r"<\?xml|<rss|<!DOCTYPE|<!--", text)
            if start is None and not last:
                self._rest = text
                return
            if start is not None and text[: start.start()].strip("\ufeff"):
                self.mended["text before the beginning of the file"] += 1
            text = re.sub(r"^<\?xml.*?\?>", "", text[start.start() :] if start else "", count=1, flags=re.DOTALL)
            self._begun = True
        cut = len(text) if last else max(0, len(text) - _KEPT_BACK)
        at = 0
        while at < cut:
            if self._in_cdata:
                end = _REAL_END.search(text, at)
                stop = end.start() if end and end.start() < cut else self._before_brackets(text, at, cut, last=last)
                yield True, self._characters(text[at:stop])
                if not end or end.start() >= cut:
                    at = stop
                    break
                at = end.end()
                self._in_cdata = False
            else:
                begin = text.find(_CDATA, at, cut + len(_CDATA))
                stop = begin if begin >= 0 else len(text) if last else _before_tag(text, at, cut)
                yield False, self._references(_COMMENT.sub("", self._characters(text[at:stop])))
                at = stop
                if begin < 0:
                    break
                at += len(_CDATA)
                self._in_cdata = True
        self._rest = text[at:]

    @staticmethod
    def _before_brackets(text: str, at: int, cut: int, *, last: bool) -> int:
        """Return a cut position that does not split the end of a section."""
        if last:
            return len(text)
        while cut > at and text[cut - 1] == "]":
            cut -= 1
        return cut

    def _characters(self, text: str) -> str:
        if bad := len(_BAD.findall(text)):
            self.mended["characters that XML does not allow"] += bad
            text = _BAD.sub("\ufffd", text)
        return text

    def _references(self, text: str) -> str:
        return re.sub(r"&(?:#?\w{1,32};)?", self._reference, text) if "&" in text else text

    def _reference(self, match: re.Match[str]) -> str:
        found = _REFERENCE.fullmatch(match[0])
        if found is None:
            self.mended["a sign & that begins no reference"] += 1
            return f"&amp;{match[0][1:]}"
        decimal, hexadecimal, name = found.groups()
        if name:
            if name in _KNOWN:
                return found[0]
            self.mended["names of characters that XML does not know"] += 1
            letters = html5.get(f"{name};")
            return letters.translate({38: "&amp;", 60: "&lt;"}) if letters else f"&amp;{name};"
        number = int(decimal) if decimal else int(hexadecimal, 16)
        if number > _LAST_OF_UNICODE or _BAD.match(chr(number)):
            self.mended["characters that XML does not allow"] += 1
            return "\ufffd"
        return found[0]


def _before_tag(text: str, at: int, cut: int) -> int:
    """Return ``cut``, or the start of the tag or reference that it would split."""
    for mark, end in (("<", ">"), ("&", ";")):
        begin = text.rfind(mark, at, cut)
        if begin >= 0 and end not in text[begin:cut] and cut - begin < _KEPT_BACK * 50:
            cut = begin
    return cut


#: Follows each character that was decoded as Windows-1252.
_MARKED = "\ufdd0"
_AS_WINDOWS = "mend-as-windows-1252"


def _read_as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are invalid in the encoding as Windows-1252, the usual source of such bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace") + _MARKED, error.end


codecs.register_error(_AS_WINDOWS, _read_as_windows)


def _encoding(first: bytes) -> str:
    """Return the declared encoding, or that of the byte order mark."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = _DECLARED.match(first.removeprefix(b"\xef\xbb\xbf"))
    try:
        name = codecs.lookup(declared[1].decode("ascii") if declared else "utf-8").name
    except LookupError:
        name = "utf-8"
    return "utf-8-sig" if name in {"utf-8", "utf-16", "utf-32"} else name
