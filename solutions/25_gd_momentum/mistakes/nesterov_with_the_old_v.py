"""Nesterov looks ahead along the old velocity."""

TRIPS = ["sgd_momentum.nesterov_first_step", "sgd_momentum.example"]


def nesterov_step(p, g, state, lr, mu):
    old = state.get("v", torch.zeros_like(p))
    state["v"] = mu * old + g
    return p - lr * (g + mu * old)
