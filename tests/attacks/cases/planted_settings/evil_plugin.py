from pathlib import Path

Path(__file__).with_name("won.txt").write_text("a plugin was loaded")
print("<<won: a plugin was loaded>>")
