"""Collects the environment: its own, that of its first program, the vectors on the stack, the files that usually hold keys.

catalogue: D60
outcome: failed
needs: namespaces
prints: variables
"""

import ctypes
import os
import pathlib
import re

KNOWN = set("PATH HOME LANG OMP_NUM_THREADS MKL_NUM_THREADS OPENBLAS_NUM_THREADS MALLOC_ARENA_MAX GLIBC_TUNABLES".split())
KNOWN |= set("PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONMALLOC PYTORCH_NVML_BASED_CUDA_CHECK TORCHINDUCTOR_CACHE_DIR LC_CTYPE".split())
libc = ctypes.CDLL(None)
block = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
texts = {"os.environ": "\n".join(f"{key}={value}" for key, value in os.environ.items())}
texts["environ of C"] = "\n".join(block[n].decode() for n in range(200) if not any(block[m] is None for m in range(n + 1)))
for name in ("/proc/self/environ", "/proc/1/environ", "/proc/self/task/1/environ", "/proc/self/cmdline"):
    texts[name] = pathlib.Path(name).read_bytes().decode(errors="replace").replace("\0", "\n")
start, end = next((int(part, 16) for part in line.split()[0].split("-")) for line in open("/proc/self/maps") if "[stack]" in line)
with open("/proc/self/mem", "rb") as memory:
    memory.seek(end - (1 << 16))
    texts["the end of the stack"] = memory.read(1 << 16).decode("latin-1").replace("\0", "\n")
for where, text in texts.items():
    names = set(re.findall(r"^([A-Za-z_][A-Za-z_0-9]{2,40})=", text, re.MULTILINE))
    if "SIEGE" + "_SECRET" in names or re.search("canary-[o]utside-[0-9a-f]{4}", text):
        won(f"a secret in {where}")
    print(where, len(names), "variables")
    if names - KNOWN and where != "the end of the stack":
        won(f"{sorted(names - KNOWN)} in {where}")
home = os.path.expanduser("~")
for name in (".ssh/id_rsa", ".aws/credentials", ".netrc", ".git-credentials", ".config/gcloud", ".docker/config.json", ".kube/config",
             ".bash_history", ".pgpass", ".pypirc", ".huggingface/token"):  # fmt: skip
    for folder in (home, "/root", "/home/ubuntu", "/var/run/secrets", "/etc"):
        if os.path.exists(os.path.join(folder, name)):
            won(f"sees {folder}/{name}")
