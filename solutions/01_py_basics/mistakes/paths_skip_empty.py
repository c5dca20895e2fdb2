"""Leaves empty parts out."""

TRIPS = ["join_paths.empty_part"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        if part.startswith("/"):
            path = part
        elif part:
            path += part if not path or path.endswith("/") else "/" + part
    return path
