"""eps stands under the root."""

TRIPS = ["rmsprop.match_torch"]


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    state["s"] = alpha * state.get("s", 0) + (1 - alpha) * g**2
    return p - lr * g / (state["s"] + eps).sqrt()
