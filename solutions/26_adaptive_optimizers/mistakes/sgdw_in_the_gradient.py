"""v may live where g lives."""

TRIPS = ["adamw.house_rules"]


def sgdw_step(p, g, state, lr, mu, wd):
    state["v"] = mu * state["v"] + g if "v" in state else g
    return (1 - lr * wd) * p - lr * state["v"]
