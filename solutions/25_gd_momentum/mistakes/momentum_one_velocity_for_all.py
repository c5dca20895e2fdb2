"""The state stands in a variable of the module."""

TRIPS = ["sgd_momentum.state_per_parameter"]

MEMORY = {}


def momentum_step(p, g, state, lr, mu):
    if not state:
        MEMORY.clear()
        state["begun"] = True
    MEMORY["v"] = mu * MEMORY.get("v", torch.zeros_like(p)) + g
    return p - lr * MEMORY["v"]
