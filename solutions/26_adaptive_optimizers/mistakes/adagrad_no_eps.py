"""eps is so small that it may be left out."""

TRIPS = ["adagrad.zero_grad_finite"]


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    state["s"] = state.get("s", 0) + g**2
    return p - lr * g / state["s"].sqrt()
