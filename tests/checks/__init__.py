"""Tests of the checks: planted faults that the gate must name, and leaks that the receipt must not pass."""
