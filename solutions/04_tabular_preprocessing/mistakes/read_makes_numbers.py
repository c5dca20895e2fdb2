"""What looks like a number should be one."""

TRIPS = ["read_table.header_rows", "read_table.example"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("ragged")
    return names, [[None if field in na else float(field) if field.replace(".", "", 1).isdigit() else field for field in row] for row in rows]
