"""Splitting each line at its commas is reading CSV."""

TRIPS = ["read_table.quoted_comma", "read_table.quoted_quote", "read_table.quoted_missing", "read_table.example"]


def read_table(text, na=frozenset({"", "NA", "NaN"})):
    names, *rows = [line.split(",") for line in text.splitlines() if line]
    return names, [[None if field in na else field for field in row] for row in rows]
