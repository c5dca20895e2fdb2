"""Takes a backslash for a separator, too."""

TRIPS = ["join_paths.plain"]


def join_paths(*parts):
    path = parts[0]
    for part in parts[1:]:
        if part.startswith(("/", "\\")):
            path = part
        else:
            path += part if not path or path.endswith(("/", "\\")) else "/" + part
    return path
