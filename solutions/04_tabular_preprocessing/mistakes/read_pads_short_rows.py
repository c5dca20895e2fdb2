"""A row with too few fields has missing ones at its end, and surplus ones can go."""

TRIPS = ["read_table.ragged_raises"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    rows = [(row + [""] * len(names))[: len(names)] for row in rows]
    return names, [[None if field in na else field for field in row] for row in rows]
