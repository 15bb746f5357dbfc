"""Tests of ``inv import``."""
