from pathlib import Path

Path(__file__).with_name("won.txt").write_text("ran at the start")
print("<<won: ran at the start>>")
