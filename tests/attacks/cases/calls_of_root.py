"""Makes the calls that change the whole machine: modules, kernel images, swap, ports, accounting, names, power.

catalogue: [D66, F97]
outcome: failed
needs: [capabilities, user]
prints: tried
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
CALLS = {  # on x86-64, on aarch64; arguments that change nothing even if they were allowed
    "reboot": (169, 142, 0, 0, 0, None),
    "kexec_load": (246, 104, 0, 0, None, 0x10000000),
    "kexec_file_load": (320, 294, -1, -1, 0, None, 0),
    "init_module": (175, 105, None, 0, b""),
    "finit_module": (313, 273, -1, b"", 0),
    "delete_module": (176, 106, b"no such module", 0),
    "swapon": (167, 224, b"/box/none", 0),
    "swapoff": (168, 225, b"/box/none"),
    "acct": (163, 89, b"/box/none"),
    "quotactl": (179, 60, 0x800007, b"/", 0, None),
    "syslog": (103, 116, 3, ctypes.create_string_buffer(4096), 4096),
    "syslog size": (103, 116, 10, None, 0),
    "sethostname": (170, 161, b"sandbox", 7),
    "setdomainname": (171, 162, b"x", 1),
    "vhangup": (153, 58),
    "iopl": (172, None, 3),
    "ioperm": (173, None, 0x80, 1, 1),
    "modify_ldt": (154, None, 0, ctypes.create_string_buffer(16), 16),
    "lookup_dcookie": (212, 18, 0, ctypes.create_string_buffer(16), 16),
    "migrate_pages": (256, 238, 1, 0, None, None),
    "move_pages": (279, 239, 1, 0, None, None, None, 0),
    "sync": (162, 81),
    "personality": (135, 92, 0x0440000),  # no random addresses, and readable is executable
}
for name, (intel, arm, *args) in CALLS.items():
    number = arm if ARM else intel
    if number is None:
        continue
    wide = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    if libc.syscall(ctypes.c_long(number), *wide) >= 0:
        won(name)
    print(name, os.strerror(ctypes.get_errno()))
print("tried")
