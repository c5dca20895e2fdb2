"""What the zygote does once so that no sandbox has to: imports and first calls. Read inside the sandbox."""

from __future__ import annotations

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


def up(preload: list[str], pytorch: bool) -> None:
    """Import MODULES and `preload`, make the first calls with one thread, and freeze what the collector would touch."""
    for name in [*(MODULES if pytorch else ()), *preload]:
        importlib.import_module(name)
    if pytorch:
        _first_calls()
    gc.collect()
    gc.freeze()


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
