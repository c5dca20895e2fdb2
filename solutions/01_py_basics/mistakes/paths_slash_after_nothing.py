"""Puts a slash behind an empty beginning, and so makes a relative path absolute."""

TRIPS = ["join_paths.empty_part"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        if part.startswith("/"):
            path = part
        else:
            path += part if path.endswith("/") else "/" + part
    return path
