"""Convert between the text of an entry and its form."""
