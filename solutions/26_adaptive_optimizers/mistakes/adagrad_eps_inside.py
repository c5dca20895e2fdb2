"""eps keeps the root from zero, so it stands under it."""

TRIPS = ["adagrad.match_torch"]


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    state["s"] = state.get("s", 0) + g**2
    return p - lr * g / (state["s"] + eps).sqrt()
