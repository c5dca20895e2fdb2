"""The gradient is not needed afterwards, so v is added to it."""

TRIPS = ["sgd_momentum.input_unchanged"]


def momentum_step(p, g, state, lr, mu):
    if "v" in state:
        g.add_(mu * state["v"])
    state["v"] = g.clone()
    return p - lr * state["v"]
