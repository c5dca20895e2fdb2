"""The first v is the gradient, so the gradient is kept."""

TRIPS = ["sgd_momentum.own_memory"]


def momentum_step(p, g, state, lr, mu):
    if "v" not in state:
        state["v"] = g
    else:
        state["v"] = mu * state["v"] + g
    return p - lr * state["v"]
