"""The decay joins the gradient."""

TRIPS = ["adamw.sgdw_value", "adamw.example"]


def sgdw_step(p, g, state, lr, mu, wd):
    state["v"] = mu * state.get("v", 0) + g + wd * p
    return p - lr * state["v"]
