"""The tests: a folder for each plugin and for the theme, ``site`` for whole sites, ``sites`` for their content."""
