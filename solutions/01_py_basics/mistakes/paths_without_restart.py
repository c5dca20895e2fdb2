"""Believes that the slash of an absolute part is just one slash too many."""

TRIPS = ["join_paths.absolute_restarts"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        path += part if not path or path.endswith("/") or part.startswith("/") else "/" + part
    return path
