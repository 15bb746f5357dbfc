"""Run a benchmark: ``python -m tests.benchmarks NAME SIZES``, with options for that of the build."""

import argparse

from tests.benchmarks import run
from tests.benchmarks.build import BenchmarkOptions
from tests.benchmarks.build.tools import PEERS

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what")
    parser.add_argument("sizes")
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--runs", default="5")
    parser.add_argument("--chart", default="")
    parser.add_argument("--json", default="")
    args = parser.parse_args()
    run(args.what, args.sizes, BenchmarkOptions.of_words(args.peers, args.runs, args.chart, args.json))
