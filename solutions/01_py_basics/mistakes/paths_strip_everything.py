"""Takes all slashes off before it joins."""

TRIPS = ["join_paths.absolute_restarts", "join_paths.trailing_slash", "join_paths.empty_part"]


def join_paths(*parts):
    return "/".join(part.strip("/") for part in parts if part.strip("/"))
