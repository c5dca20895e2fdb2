"""The account stands in the module."""

TRIPS = ["rmsprop.house_rules"]

ACCOUNT = {}


def rmsprop_step(p, g, state, t, lr, alpha=0.99, eps=1e-8):
    if t == 1:
        ACCOUNT.clear()
    ACCOUNT["s"] = alpha * ACCOUNT.get("s", 0) + (1 - alpha) * g**2
    return p - lr * g / (ACCOUNT["s"].sqrt() + eps)
