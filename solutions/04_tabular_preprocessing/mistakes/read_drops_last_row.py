"""The last line is empty, because files end with a newline."""

TRIPS = ["read_table.header_rows"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(text.split("\n")[:-1]) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in na else field for field in row] for row in rows]
