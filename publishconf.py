"""What production changes."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://community.helpmestop.org.uk"
