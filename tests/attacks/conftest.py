"""The victim is graded by the program, and the cases are what it grades: neither is a test."""

collect_ignore = ["course", "cases"]
