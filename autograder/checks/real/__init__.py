"""The large real data sets, read from files that a course has. Nothing is ever downloaded."""
