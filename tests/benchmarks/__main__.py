"""Runs a benchmark: ``python -m tests.benchmarks NAME SIZES``."""

import sys

from tests.benchmarks import run

if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
