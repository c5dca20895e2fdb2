"""Pours binary output from threads past Python: one huge line, zero bytes, whole files, and half a gigabyte at once.

catalogue: [E81, C54]
outcome: output
needs: limits
"""

import ctypes
import os
import threading

libc = ctypes.CDLL(None)
block = bytes(1 << 20)
source = os.open(os.__file__, os.O_RDONLY)
os.set_blocking(1, False)
for way in (
    lambda: os.write(1, block),
    lambda: os.writev(2, [block] * 64),
    lambda: os.sendfile(1, source, 0, 1 << 16),
    lambda: os.copy_file_range(source, 1, 1 << 16, 0),
    lambda: libc.write(1, block, 1 << 20),
    lambda: libc.perror(b"x" * (1 << 16)),
    lambda: os.posix_fallocate(1, 0, 1 << 40),
    lambda: os.ftruncate(2, 1 << 29),
):
    def pour(way=way):
        for _ in range(8):
            try:
                way()
            except OSError:
                pass

    threading.Thread(target=pour).start()
while threading.active_count() > 1:
    pass
size = os.fstat(1).st_size
if size > 5 << 20:
    won(f"output of {size} bytes")
