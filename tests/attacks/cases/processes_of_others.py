"""Reads what the kernel tells of other processes: their environment, command line, files, maps, and their sockets.

catalogue: D57
outcome: failed
needs: [pid, namespaces]
prints: tried
"""

import os

NAMES = "environ cmdline maps mem exe cwd root fd fdinfo status stat limits io stack syscall wchan mountinfo net/tcp net/unix"
seen = [name for name in os.listdir("/proc") if name.isdigit()]
if seen != ["1"]:
    won(f"sees the processes {seen}")
for pid in (*range(2, 200), WHERE["pid"], os.getppid() or 2):
    for name in NAMES.split():
        try:
            os.stat(f"/proc/{pid}/{name}")
            won(f"sees {name} of {pid}")
        except OSError as error:
            last = error
for name in ("stack", "syscall", "cwd", "root"):
    try:
        print(name, os.readlink(f"/proc/self/{name}") if name in ("cwd", "root") else open(f"/proc/self/{name}").read()[:60])
    except OSError as error:
        print(error)
for table in ("mountinfo", "mounts", "mountstats", "maps", "smaps", "cgroup", "environ", "cmdline", "net/unix", "net/tcp", "net/udp"):
    try:
        text = open(f"/proc/self/{table}", "rb").read().decode(errors="replace")
    except OSError as error:
        last = error
        continue
    for place in ("course", "reports", "named", "abstract", "database"):
        if WHERE[place] in text:
            won(f"found {place} in {table}")
print("tried", last)
