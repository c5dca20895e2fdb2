from pathlib import Path

if not str(__file__).startswith("/box/"):  # where a student may shadow what they like
    Path(__file__).with_name("won.txt").write_text(__name__)
