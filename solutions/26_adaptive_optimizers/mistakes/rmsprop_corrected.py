"""Every average needs a correction."""

TRIPS = ["rmsprop.not_bias_corrected", "rmsprop.example"]


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    state["s"] = alpha * state.get("s", 0) + (1 - alpha) * g**2
    return p - lr * g / ((state["s"] / (1 - alpha**t)).sqrt() + eps)
