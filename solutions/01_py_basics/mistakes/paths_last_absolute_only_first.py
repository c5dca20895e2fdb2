"""Looks at the second part only."""

TRIPS = ["join_paths.absolute_restarts"]


def join_paths(*parts):
    path = parts[0]
    for place, part in enumerate(parts[1:]):
        if part.startswith("/") and place == 0:
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path
