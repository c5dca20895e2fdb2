"""Tidies up dots on the way."""

TRIPS = ["join_paths.plain", "join_paths.random_vs_posixpath"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        if part in (".", ""):
            continue
        if part.startswith("/"):
            path = part
        else:
            path += part if not path or path.endswith("/") else "/" + part
    return path
