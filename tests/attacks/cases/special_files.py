"""Makes programs that run as their owner, device nodes, and files with capabilities, and runs what is there of that kind.

catalogue: F97
outcome: failed
needs: namespaces
prints: tried
"""

import ctypes
import os
import shutil
import stat

libc = ctypes.CDLL(None, use_errno=True)
shutil.copyfile(os.path.realpath("/bin/true"), "mine")
os.chmod("mine", 0o6755)
for name, mode in (("disk", stat.S_IFBLK | 0o666), ("memory", stat.S_IFCHR | 0o666), ("pipe", stat.S_IFIFO | 0o666)):
    try:
        os.mknod(name, mode, os.makedev(1, 1))
        won(f"made a {name}")
    except OSError as error:
        print(error)
for key, data in (("security.capability", b"\1\0\0\2" + b"\xff" * 16), ("user.siege", b"x"), ("trusted.siege", b"x")):
    for path in ("mine", "/dev/null", "/usr", "/guest"):
        try:
            os.setxattr(path, key, data)
            won(f"set {key}")
        except OSError as error:
            last = error
programs = ["mine"]
for folder in ("/usr/bin", "/usr/sbin", "/usr/lib/openssh", "/usr/lib/dbus-1.0"):
    for item in os.scandir(folder) if os.path.isdir(folder) else ():
        if item.is_file(follow_symlinks=False) and item.stat().st_mode & 0o6000:
            programs.append(item.path)
for program in programs:
    try:
        os.execv(program, [program, "--version"])
    except OSError as error:
        last = error
print("tried", len(programs), last)
