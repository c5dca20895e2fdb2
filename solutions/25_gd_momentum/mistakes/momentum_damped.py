"""An average: (1 - mu) of the new gradient."""

TRIPS = ["sgd_momentum.constant_grad_limit", "sgd_momentum.first_step_plain"]


def momentum_step(p, g, state, lr, mu):
    state["v"] = mu * state.get("v", 0) + (1 - mu) * g
    return p - lr * state["v"]
