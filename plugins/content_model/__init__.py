"""The domain model: typed entries and registers, their rules, and the library that holds them.

It depends on neither Pelican nor the stages of a build.
"""

import os

# Pydantic would search the metadata of every installed library for plugins, which takes longer than most edits.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
