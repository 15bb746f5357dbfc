"""The tests: one folder for each plugin and for the theme, ``site`` for whole sites, ``sites`` for the content they build."""
