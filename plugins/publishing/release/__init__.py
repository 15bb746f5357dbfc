"""Release: a folder that any host can serve as it is, and the list of all that is in it."""
