"""Tests of the tools that staff use."""
