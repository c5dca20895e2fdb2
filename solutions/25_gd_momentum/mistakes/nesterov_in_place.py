"""p.sub_ returns p, so it can be returned."""

TRIPS = ["sgd_momentum.input_unchanged"]


def nesterov_step(p, g, state, lr, mu):
    state["v"] = mu * state.get("v", torch.zeros_like(p)) + g
    return p.sub_(lr * (g + mu * state["v"]))
