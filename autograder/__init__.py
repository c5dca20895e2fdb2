"""A deep-learning course that grades itself. Nothing is re-exported here: every command starts in a blink."""

import importlib

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """What `%load_ext autograder` calls. By name, because everything below the commands imports this package."""
    importlib.import_module("autograder.cli.in_notebook").load(shell)
