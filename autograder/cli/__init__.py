"""The command line, one file per role."""
