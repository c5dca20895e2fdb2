from pathlib import Path

if not __file__.startswith("/box/"):
    Path(__file__).with_name("won.txt").write_text("the program was replaced")
