"""The port of the preview."""

from __future__ import annotations

import pytest

from plugins.authoring.preview.ports import PortError, listen


def test_only_this_machine_can_reach_it() -> None:
    """The socket listens on the loopback address and no other."""
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("port", [-1, 99_999])
def test_a_port_that_cannot_exist_is_explained(port: int) -> None:
    """A number that is no port gets a sentence that says which numbers are."""
    with pytest.raises(PortError, match=f"there is no port {port}; choose one from 1024 to 65535"):
        listen(port)
