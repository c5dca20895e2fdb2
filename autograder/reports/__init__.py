"""Results to people: terminal, student page, staff page, exports."""
