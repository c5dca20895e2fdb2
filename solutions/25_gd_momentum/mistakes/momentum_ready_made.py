"""torch can do it."""

TRIPS = ["sgd_momentum.from_scratch"]


def momentum_step(p, g, state, lr, mu):
    if "opt" not in state:
        state["p"] = torch.nn.Parameter(p.clone())
        state["opt"] = torch.optim.SGD([state["p"]], lr=lr, momentum=mu)
    state["opt"].param_groups[0]["lr"] = lr
    state["p"].grad = g.clone()
    state["opt"].step()
    return state["p"].detach().clone()
