"""Check the files given: ``python -m plugins.authoring.lint FILE...``. It starts faster than Invoke, for git hooks."""

import gc
import sys

# A hook lives for less than a second: to look for memory that could be freed would be a fifth of that.
gc.disable()

from plugins.authoring.lint.plugin import check  # noqa: E402

if __name__ == "__main__":
    check(sys.argv[1:])
