"""Opens the hidden checks, the course, the database, the reports and another student's work, by every path that may lead there.

catalogue: [D56, D57, D64]
outcome: failed
needs: namespaces
prints: tried
"""

import os

targets = [WHERE[name] for name in ("hidden", "other", "readable", "database", "course", "reports", "open", "program")]
targets += ["/etc/shadow", "/etc/hostname", "/root/.bashrc", "/home", "/var/tmp", "/var/log", "/run", "/boot", "/sys", "/opt/x"]
targets += [os.path.join(WHERE["program"], name) for name in ("grading/grade.py", "checks/compare.py", "sandbox/launcher.py")]
# a folder in which the interpreter and the sandbox's own files are mounted is there, and empty but for them
targets = [path for path in targets if not any(own.startswith(path + "/") for own in (WHERE["program"], os.__file__))]
roots = ["", "/..", "/proc/1/root", "/proc/self/root", "/proc/self/root/..", "/proc/self/cwd/../..", "/proc/1/cwd/../..",
         "/proc/self/task/1/root", "/private/..", "/guest/..", "/box/../..", "/usr/..", "/proc/self/map_files/../../..", "/mnt",
         "/oldroot", "/old_root", "/.old", "/host", "/rootfs", "/var/lib/docker/overlay2", "/dev/fd/../../..", "/proc/self/fd/0/.."]  # fmt: skip
for target in targets:
    for path in (*(root + target for root in roots), "../" * 30 + target.lstrip("/"), "//" + target, target + "/."):
        for way in (os.stat, os.lstat, lambda path: os.open(path, os.O_RDONLY), lambda path: os.open(path, os.O_PATH), os.listdir):
            try:
                way(path)
                won(f"could reach {path}")
            except OSError as error:
                last = error
for number in range(256):  # what was opened before the doors were shut
    for way in (lambda fd: os.open("..", os.O_RDONLY, dir_fd=fd), lambda fd: os.stat("etc/shadow", dir_fd=fd), os.fchdir):
        try:
            way(number)
            won(f"descriptor {number} is a folder")
        except OSError as error:
            last = error
os.symlink(WHERE["readable"], "link")
os.symlink("/proc/1/root" + WHERE["hidden"], "other link")
for name in ("link", "other link"):
    for way in (os.stat, open, lambda name: open(name, "a"), os.listdir):
        try:
            way(name)
            won(f"followed {name}")
        except OSError as error:
            last = error
print("tried", len(targets) * len(roots), last)
