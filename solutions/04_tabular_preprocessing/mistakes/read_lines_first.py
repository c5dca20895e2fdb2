"""A line of the file is a line of the table."""

TRIPS = ["read_table.quoted_line_break"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader([line for line in text.splitlines() if line]) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in na else field for field in row] for row in rows]
