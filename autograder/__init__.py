"""A deep-learning course that grades itself. Nothing is re-exported here: every command starts in a blink."""

__version__ = "0.1.0"
