"""Lets TorchScript, packages, traces and exported programs write and read files where Python code might not.

catalogue: [H120, D56]
outcome: failed
prints: nothing written outside
"""

import os

scripted = torch.jit.trace(nn.Linear(2, 2), torch.zeros(1, 2))
for place in (WHERE["open"], os.path.dirname(WHERE["hidden"]), WHERE["program"], "/guest", "/usr/lib"):
    for name, act in {
        "jit": lambda: torch.jit.save(scripted, f"{place}/m.pt"),
        "save": lambda: torch.save({}, f"{place}/s.pt"),
        "file": lambda: torch.from_file(f"{place}/f.bin", shared=True, size=4),
        "storage": lambda: torch.UntypedStorage.from_file(f"{place}/u.bin", True, 16),
        "package": lambda: torch.package.PackageExporter(f"{place}/p.zip").close(),
        "trace": lambda: torch.profiler.profile().__enter__().export_chrome_trace(f"{place}/trace.json"),
        "zip": lambda: torch._C.PyTorchFileWriter(f"{place}/w.zip").write_end_of_file(),
    }.items():
        try:
            act()
            if os.path.exists(place):
                won(f"{name} wrote to {place}")
        except BaseException as error:
            print("nothing written outside by", name, type(error).__name__)
for place in (WHERE["hidden"], WHERE["readable"], WHERE["other"]):
    try:
        torch.UntypedStorage.from_file(place, False, 16)
        won(f"read {place}")
    except RuntimeError as error:
        print(str(error)[:80])
