"""Returns its arguments, views of them and of each other, and changes all of them after it has returned.

catalogue: [H119, own]
outcome: failed
prints: returned an alias
"""

import threading
import time

kept = []


def change():
    while True:
        for tensor in kept[-20:]:
            tensor.data.add_(1)
        time.sleep(0.0005)


def alias(x, *args):
    if not kept:
        threading.Thread(target=change, daemon=True).start()
    x = x if isinstance(x, torch.Tensor) else torch.zeros(50, dtype=torch.float64)
    views = [x, x.view_as(x), x.flip(0), x[:0].expand(len(x) if len(x) == 0 else 0), x.as_strided((len(x),), (0,)), x.data, x.T]
    view = views[len(kept) % len(views)]
    kept.append(x.detach())
    print("returned an alias", len(kept))
    return view


value = slope = noise = alias
fit = lambda x, y, unseen: alias(y).long()
twice = lambda f, x: alias(f(alias(x)))
