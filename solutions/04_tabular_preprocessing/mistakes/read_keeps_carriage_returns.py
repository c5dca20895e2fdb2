"""Lines end with a newline, and what stands before it belongs to the last field."""

TRIPS = ["read_table.crlf_blank_line"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    lines = text.split("\n")
    fields = [next(csv.reader([line])) for line in lines if line]
    if "\r" in text:
        fields = [[*row[:-1], row[-1] + "\r"] for row in fields]
    names, *rows = fields
    return names, [[None if field in na else field for field in row] for row in rows]
