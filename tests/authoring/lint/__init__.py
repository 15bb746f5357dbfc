"""Tests of the editor's checks."""
