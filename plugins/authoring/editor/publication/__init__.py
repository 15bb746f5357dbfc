"""Show and commit versions of an entry with git, and publish the site."""
