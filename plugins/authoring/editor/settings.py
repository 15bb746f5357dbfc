"""Read the settings of the editor."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from plugins.engine.settings import SettingsError

_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
#: Headers that browsers send themselves.
_OF_BROWSERS = frozenset({"accept", "cookie", "from", "host", "origin", "referer", "user-agent"})
_LISTEN = re.compile(r"(?P<host>[0-9.]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})")
_PORTS = range(1, 65_536)
_PLAIN = "a password would travel readable; write https://"


class EditorSettings(Struct, frozen=True):
    """The settings of the editor.

    Attributes:
        publishes: ``WRITE_PUBLISHES``, True to run ``inv publish`` after the commit of a publication.
        origin: ``WRITE_URL``, the address at which people open an editor that stands behind a proxy, or "".
        proxies: ``WRITE_PROXY``, the addresses of that proxy.
        author_header: ``WRITE_AUTHOR_HEADER``, the header in which the proxy says who asks, or "".
    """

    publishes: bool
    origin: str
    proxies: frozenset[str]
    author_header: str

    @classmethod
    def from_pelican(cls, settings: Mapping[str, Any]) -> EditorSettings:
        """Return the settings from Pelican's settings.

        Raises:
            SettingsError: if a value is invalid.
        """
        publishes = settings.get("WRITE_PUBLISHES", False)
        if not isinstance(publishes, bool):
            raise SettingsError(f"WRITE_PUBLISHES is `{publishes}`; write True or False")
        header = settings.get("WRITE_AUTHOR_HEADER", "")
        if not isinstance(header, str) or (header and not _HEADER.fullmatch(header)):
            raise SettingsError(f"WRITE_AUTHOR_HEADER is `{header}`; write a name, such as X-Write-Author")
        if header.lower() in _OF_BROWSERS:
            raise SettingsError(
                f"WRITE_AUTHOR_HEADER is `{header}`, which browsers send themselves; "
                "name a header that the proxy alone sets, such as X-Write-Author"
            )
        return cls(publishes, _origin(settings.get("WRITE_URL", "")), _proxies(settings.get("WRITE_PROXY", [])), header)


def listen_address(given: str) -> tuple[str, int]:
    """Return the host and the port of ``--listen``.

    Raises:
        SettingsError: if it is not the address and port of a computer.
    """
    found = _LISTEN.fullmatch(given.strip())
    if found and int(found["port"]) in _PORTS:
        try:
            return str(ipaddress.ip_address(found["host"].strip("[]"))), int(found["port"])
        except ValueError:
            pass
    raise SettingsError(f"--listen {given} is no address with a port; write it as  --listen 127.0.0.1:8100")


def _origin(given: object) -> str:
    if given == "":
        return ""
    wrong = f"WRITE_URL is `{given}`; write the whole address, such as https://write.example.org"
    if not isinstance(given, str):
        raise SettingsError(wrong)
    try:
        parts = urlsplit(given.strip().rstrip("/"))
        port = parts.port
    except ValueError as error:
        raise SettingsError(wrong) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise SettingsError(wrong)
    if parts.path or parts.query or parts.fragment:
        raise SettingsError(f"WRITE_URL is `{given}`; the editor needs a host name of its own, without a path")
    if parts.scheme == "http" and not _is_this_machine(parts.hostname):
        raise SettingsError(f"WRITE_URL is `{given}`: {_PLAIN}")
    # As browsers write it in Host and Origin.
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _is_this_machine(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def _proxies(given: object) -> frozenset[str]:
    if not isinstance(given, list | tuple):
        raise SettingsError(f'WRITE_PROXY is `{given}`; write a list of addresses, such as ["127.0.0.1"]')
    found = set()
    for one in given:
        try:
            found.add(str(ipaddress.ip_address(one)))
        except ValueError as error:
            raise SettingsError(f"WRITE_PROXY holds `{one}`, which is no address, such as 127.0.0.1") from error
    return frozenset(found)
