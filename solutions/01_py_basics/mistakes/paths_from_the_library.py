"""Hands the work to the standard library."""

TRIPS = ["join_paths.no_ready_made"]

import posixpath


def join_paths(*parts):
    return posixpath.join(*parts)
