"""The handbook of authors: what it shows is built, and what it says that they are told is told."""
