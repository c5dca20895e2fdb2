"""Joins the parts with slashes, whatever they are."""

TRIPS = ["join_paths.trailing_slash", "join_paths.example", "join_paths.absolute_restarts"]


def join_paths(*parts):
    return "/".join(parts)
