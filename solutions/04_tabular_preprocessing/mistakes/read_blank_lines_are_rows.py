"""A blank line is a row in which everything is missing."""

TRIPS = ["read_table.crlf_blank_line", "read_table.example"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline=""))]
    rows = [row or [""] * len(names) for row in rows]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in na else field for field in row] for row in rows]
