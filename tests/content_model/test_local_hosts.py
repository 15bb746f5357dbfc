"""Test the recognition of hosts that are not reachable from the internet."""

from __future__ import annotations

import pytest

from plugins.content_model.local_hosts import is_private_host


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.7", "192.168.1.20",  # noqa: S104
     "172.16.0.1", "169.254.1.1", "::1", "[::1]", "fe80::1", "printer.local", "nas.lan", "intranet.home.arpa"],
)  # fmt: skip
def test_private_hosts(host: str) -> None:
    """Names and addresses of this computer and of private networks are private."""
    assert is_private_host(host)


@pytest.mark.parametrize(
    "host", ["example.org", "local.example", "localhost.example", "8.8.8.8", "2606:4700::1111", "10.example"]
)
def test_public_hosts(host: str) -> None:
    """A registrable name and a routed address are not private."""
    assert not is_private_host(host)
