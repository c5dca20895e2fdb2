"""The account is a tensor that is there already: the gradient's."""

TRIPS = ["adagrad.house_rules"]


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    state.setdefault("gs", []).append(g)
    return p - lr * g / (sum(h**2 for h in state["gs"]).sqrt() + eps)
