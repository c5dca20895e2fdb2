"""alpha stands at the new square."""

TRIPS = ["rmsprop.alpha_weight", "rmsprop.not_bias_corrected"]


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    state["s"] = (1 - alpha) * state.get("s", 0) + alpha * g**2
    return p - lr * g / (state["s"].sqrt() + eps)
