"""Both losses are taken from the same pair of nets."""

TRIPS = ["gan_step.update"]


def gan_step(G, D, opt_g, opt_d, real, z):
    forged = G(z)
    opt_d.zero_grad()
    opt_g.zero_grad()
    expert, forger = d_loss(D(real), D(forged.detach())), g_loss(D(forged))
    slopes = torch.autograd.grad(forger, list(G.parameters()))
    expert.backward()
    opt_d.step()
    for weight, slope in zip(G.parameters(), slopes):
        weight.grad = slope
    opt_g.step()
    return expert.item(), forger.item()
