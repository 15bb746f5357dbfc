"""Check files: ``python -m plugins.authoring.check FILE...``. Git hooks use it because it starts faster than Invoke."""

import gc
import sys

# A hook runs for less than a second, and garbage collection would take a fifth of it.
gc.disable()

from plugins.authoring.check.command import check  # noqa: E402

if __name__ == "__main__":
    check(sys.argv[1:])
