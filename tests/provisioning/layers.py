"""Check the import contracts of ``pyproject.toml``: ``python -m tests.provisioning.layers``."""

from importlinter.cli import lint_imports_command

if __name__ == "__main__":
    lint_imports_command(["--no-cache"])
