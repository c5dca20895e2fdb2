"""Turns double slashes into single ones everywhere."""

TRIPS = ["join_paths.trailing_slash", "join_paths.random_vs_posixpath"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        if part.startswith("/"):
            path = part
        else:
            path += part if not path or path.endswith("/") else "/" + part
    while "//" in path:
        path = path.replace("//", "/")
    return path
