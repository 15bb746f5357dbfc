"""Tests of the stories: consent, wording, approval, withdrawal."""
