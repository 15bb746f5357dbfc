"""Render the files of a checked build and send ``files_rendered``, as a build does; write nothing.

A file with the same inputs as in an earlier check is not rendered, because the listeners cache their results.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping

from plugins.base.fingerprint import Fingerprints
from plugins.base.parallel import run_in_processes
from plugins.engine.build import Build, RenderedFiles, files_rendered
from plugins.engine.outputs import Output, Recipe


def check_outputs(build: Build) -> None:
    """Add the problems of the rendered files to ``build``, and raise what rendering them raises.

    Pictures are skipped. They are slow to encode and contain no text.
    """
    pictures = {address.lstrip("/") for address in build.media.picture_files}
    pictures |= {card.src.lstrip("/") for card in build.media.social.values()}
    for late in (False, True):
        files = _Files([output for output in build.outputs if output.late == late and output.path not in pictures])
        files_rendered.send(RenderedFiles(build, files, files.digests(), late))
    build.problems.extend(build.outputs.problems)


@contextlib.contextmanager
def _naming(output: Output) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        error.add_note(f"making {output.path}")
        raise


class _Files(Mapping[str, bytes]):
    """Files by path, each rendered on access."""

    def __init__(self, outputs: list[Output]) -> None:
        self._outputs = {output.path: output for output in outputs}

    def digests(self) -> dict[str, str]:
        """Return a digest for each file: of its inputs, or of its bytes if it has no recipe."""
        prints = Fingerprints()

        def digest(output: Output) -> str:
            with _naming(output):
                if isinstance(output.make, Recipe):
                    return prints.of(tuple(output.make.parts().values())).hex()
                return hashlib.sha256(output.make()).hexdigest()

        outputs = list(self._outputs.values())
        return dict(zip(self._outputs, run_in_processes(digest, outputs), strict=True))

    def __getitem__(self, path: str) -> bytes:
        output = self._outputs[path]
        with _naming(output):
            return output.make()

    def __iter__(self) -> Iterator[str]:
        return iter(self._outputs)

    def __len__(self) -> int:
        return len(self._outputs)
