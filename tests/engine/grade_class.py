"""A dispatcher to be killed: `python grade_class.py FOLDER JOBS` grades that many jobs into FOLDER/class.db."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from conftest import Class, job

if __name__ == "__main__":
    room = Class(Path(sys.argv[1]))
    room.grade([job(f"s{number}", "jitter 0.02") for number in range(int(sys.argv[2]))])
    room.store.close()
