"""Checks the files that it is given: ``python -m plugins.proofing FILE...``. Leaner than Invoke; made for hooks."""

import sys

from plugins.proofing.plugin import check

if __name__ == "__main__":
    check(sys.argv[1:])
