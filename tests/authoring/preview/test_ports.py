"""Test the port of the preview."""

from __future__ import annotations

import pytest

from plugins.authoring.preview.ports import PortError, listen


def test_the_socket_is_on_loopback() -> None:
    """The socket listens only on the loopback address."""
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("port", [-1, 99_999])
def test_an_invalid_port_is_explained(port: int) -> None:
    """An invalid number gets a sentence with the valid range."""
    with pytest.raises(PortError, match=f"there is no port {port}; choose one from 1024 to 65535"):
        listen(port)
