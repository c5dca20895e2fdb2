"""Tries to write into every folder and file near the root, the settings of the kernel, and the program's own place.

catalogue: [D64, F97, E75]
outcome: failed
needs: namespaces
prints: tried
"""

import os

own = ("/box", "/private", "/tmp", "/dev/shm")
places = ["/", "/dev", "/etc", "/guest", "/guest/autograder/sandbox", "/proc", "/usr/lib", os.path.dirname(os.__file__), "/usr/bin",
          WHERE["open"], WHERE["reports"], WHERE["course"], os.path.dirname(WHERE["other"]), "/sys/fs/cgroup", "/run", "/var/tmp",
          "/proc/sys/kernel", "/proc/self", "/dev/mqueue", "/private/..", "/proc/self/cwd/.."]  # fmt: skip
deeds = 0
for place in places:
    for way in (
        lambda at: os.mkdir(f"{at}/siege"),
        lambda at: os.close(os.open(f"{at}/siege", os.O_CREAT | os.O_WRONLY)),
        lambda at: os.close(os.open(at, os.O_TMPFILE | os.O_WRONLY)),
        lambda at: os.symlink("/box", f"{at}/siege"),
        lambda at: os.link("/box/victim.py", f"{at}/siege"),
        lambda at: os.rename("/box/victim.py", f"{at}/siege"),
        lambda at: os.utime(at),
        lambda at: os.chmod(at, 0o777),
        lambda at: os.rmdir(at),
        lambda at: os.rename(at, f"{at}.old"),
    ):
        deeds += 1
        try:
            way(place)
            won(f"changed {place}")
        except OSError as error:
            last = error
    for folder, _, names in os.walk(place):
        for name in names[:40]:
            if folder.startswith("/proc/self") or folder.startswith(own):
                continue
            path = os.path.join(folder, name)
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_APPEND))
            except OSError as error:
                last = error
            else:
                if path not in ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"):
                    won(f"could write to {path}")
        break
for name in ("comm", "coredump_filter", "clear_refs", "attr/current", "attr/exec", "loginuid", "sched", "autogroup", "timens_offsets",
             "make-it-fail", "fail-nth", "projid_map", "patch_state", "latency", "gid_map", "uid_map", "oom_adj"):  # fmt: skip
    try:
        with open(f"/proc/self/{name}", "wb", 0) as file:
            file.write(b"0")
        print("wrote its own", name)
        if name in ("loginuid", "projid_map", "gid_map", "uid_map", "timens_offsets", "attr/exec"):
            won(f"wrote {name}")
    except OSError as error:
        last = error
print("tried", deeds, last)
