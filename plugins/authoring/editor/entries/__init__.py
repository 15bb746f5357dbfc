"""Find, open, check, autosave and save entries, with their pictures."""
