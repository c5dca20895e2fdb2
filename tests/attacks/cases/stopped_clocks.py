"""Stops every clock Python has and then computes for as long as it likes.

catalogue: [A20, E70]
outcome: [cpu, timeout]
checks: {noise.reproducible: failed}
prints: the time is 0.0
"""

import time

for name in [name for name in dir(time) if not name.startswith("_") and name not in ("struct_time", "sleep")]:
    setattr(time, name, lambda *args: 0.0)
torch.cuda.synchronize = lambda *args: None
torch.cuda.Event = torch.autograd.profiler.profile = lambda **kwargs: None


def value(x, k):
    print("the time is", time.time(), time.process_time())
    while time.process_time() < 1:
        x = x + 0
    return x
