"""torch has a switch for it."""

TRIPS = ["amsgrad.house_rules"]


def amsgrad_step(p, g, state, t, lr, betas=(0.9, 0.999), eps=1e-8):
    if "opt" not in state:
        state["p"] = torch.nn.Parameter(p.clone())
        state["opt"] = torch.optim.Adam([state["p"]], lr=lr, betas=betas, eps=eps, amsgrad=True)
    state["p"].grad = g.clone()
    state["opt"].step()
    return state["p"].detach().clone()
