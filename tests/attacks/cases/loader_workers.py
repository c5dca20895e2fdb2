"""Starts processes the way deep learning does: loader workers, torch.multiprocessing by every method, process pools.

catalogue: [E73, E74]
outcome: failed
prints: workers refused
needs: [pid, limits]
"""

import concurrent.futures
import multiprocessing

import torch.multiprocessing as tmp
import torch.utils.data as data

table = data.TensorDataset(torch.zeros(8, 2))
ways = [
    lambda: next(iter(data.DataLoader(table, num_workers=2))),
    lambda: next(iter(data.DataLoader(table, num_workers=1, multiprocessing_context="spawn", persistent_workers=True))),
    lambda: tmp.spawn(print, nprocs=1),
    lambda: multiprocessing.get_context("forkserver").Process(target=print).start(),
    lambda: concurrent.futures.ProcessPoolExecutor(1).submit(print).result(timeout=1),
    lambda: multiprocessing.Manager(),
    lambda: torch.set_num_interop_threads(500),
]
for way in ways:
    try:
        way()
        if way is not ways[-1]:
            won("a process was started")
    except BaseException as error:
        print("workers refused:", type(error).__name__, error)
