"""Where jobs run, and who hands them out."""
