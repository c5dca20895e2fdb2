"""What the zygote does once so that no sandbox has to: imports and first calls. Read inside the sandbox."""

from __future__ import annotations

import ctypes
import gc
import importlib

# torch._dynamo is imported by the first optimizer a process makes, and costs more than a second of CPU time
MODULES = (
    "inspect",
    "linecache",
    "random",
    "traceback",
    "numpy",
    "numpy.random",
    "torch",
    "torch._dynamo",
    "torch.func",
    "torch.nn.functional",
    "torch.nn.utils.stateless",
    "torch.optim",
    "torch.testing",
    "torch.utils.data",
    "torch.utils._python_dispatch",
)


_HUGE = 2 << 20
_MADV_COLLAPSE = 25  # Linux 6.1


def up(preload: list[str], pytorch: bool) -> None:
    """Import MODULES and `preload`, make the first calls with one thread, and freeze what the collector would touch."""
    for name in [*(MODULES if pytorch else ()), *preload]:
        importlib.import_module(name)
    if pytorch:
        _first_calls()
    gc.collect()
    gc.freeze()
    _onto_huge_pages()


def _onto_huge_pages() -> None:
    """Ask the kernel to move the heap onto 2 MiB pages: a fork then copies far fewer page table entries.

    Only what the process wrote itself, and only where the kernel can (5.x and kernels without huge pages refuse, which
    costs speed and nothing else). An allocator that asks for huge pages would do the same, but makes Python code in the
    sandbox slower by a tenth.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    with open("/proc/self/maps") as text:
        areas = [line.split() for line in text]
    for span, rights, _, _, _, *name in areas:
        if rights == "rw-p" and name in ([], ["[heap]"]):
            low, high = (int(end, 16) for end in span.split("-"))
            low, high = -(-low // _HUGE) * _HUGE, high // _HUGE * _HUGE
            if low < high:
                libc.madvise(low, high - low, _MADV_COLLAPSE)


def _first_calls() -> None:
    """Convolution, matrix product, backward pass, two optimizers, data loader, random numbers of numpy and of torch."""
    import numpy
    import torch
    from torch import nn

    torch.set_num_threads(1)
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(72, 4))
    labels = torch.zeros(2, dtype=torch.long)
    for optimizer in (torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9), torch.optim.Adam(net.parameters())):
        loss = nn.functional.cross_entropy(net(torch.zeros(2, 1, 8, 8)), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    table = torch.utils.data.TensorDataset(torch.randn(4, 2), torch.randn(4, dtype=torch.float64))
    for _ in torch.utils.data.DataLoader(table, batch_size=2, shuffle=True):
        pass
    weights: dict[str, torch.Tensor] = dict(net[3].named_parameters())
    torch.func.functional_call(net[3], weights, (torch.zeros(1, 72),))
    torch.func.vmap(torch.func.grad(lambda x: (x**2).sum()))(torch.ones(2, 2))
    numpy.random.default_rng(0).standard_normal(4) @ numpy.ones((4, 4))
    if torch.cuda.is_initialized():
        raise RuntimeError("CUDA was started before the first fork; no sandbox could use it")
