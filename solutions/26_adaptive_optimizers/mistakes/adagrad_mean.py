"""The mean of the squares."""

TRIPS = ["adagrad.match_torch", "adagrad.example", "adagrad.step_shrinks_sqrt_t"]


def adagrad_step(p, g, state, t, lr, eps=1e-10):
    state["s"] = state.get("s", 0) + g**2
    return p - lr * g / ((state["s"] / t).sqrt() + eps)
