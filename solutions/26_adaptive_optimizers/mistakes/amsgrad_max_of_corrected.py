"""The maximum of v_hat."""

TRIPS = ["amsgrad.match_torch_rare_large_grad", "amsgrad.example"]


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    m, v = _moments(state, g, betas)
    v_hat = v / (1 - betas[1] ** t)
    state["u"] = torch.maximum(state.get("u", v_hat), v_hat)
    return p - lr * (m / (1 - betas[0] ** t)) / (state["u"].sqrt() + eps)
