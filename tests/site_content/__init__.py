"""Tests of what this site itself says. They belong to its content, so a site that is started anew has none of them."""
