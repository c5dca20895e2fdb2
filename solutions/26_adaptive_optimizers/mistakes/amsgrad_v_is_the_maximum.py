"""v itself becomes the maximum."""

TRIPS = ["amsgrad.match_torch_rare_large_grad"]


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    old = state.get("v", torch.zeros_like(g))
    m, v = _moments(state, g, betas)
    state["v"] = torch.maximum(old, v)
    return p - lr * (m / (1 - betas[0] ** t)) / ((state["v"] / (1 - betas[1] ** t)).sqrt() + eps)
