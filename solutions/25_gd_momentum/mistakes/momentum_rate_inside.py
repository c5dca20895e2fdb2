"""v is the last move: lr belongs into it."""

TRIPS = ["sgd_momentum.rate_changes"]


def momentum_step(p, g, state, lr, mu):
    state["v"] = mu * state.get("v", torch.zeros_like(p)) + lr * g
    return p - state["v"]
