"""Upload releases to the kinds of targets: a folder, SSH, S3 and git."""
