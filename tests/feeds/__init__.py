"""Tests of the feeds: our own lint, the formats' schemas, parsers and a reader of other people, hostile texts."""
