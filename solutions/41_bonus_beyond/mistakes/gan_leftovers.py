"""Everything is cleared once, at the beginning of a step of its own."""

TRIPS = ["gan_step.update"]


def gan_step(G, D, opt_g, opt_d, real, z):
    expert = d_loss(D(real), D(G(z).detach()))
    expert.backward()
    opt_d.step()
    opt_d.zero_grad()
    forger = g_loss(D(G(z)))
    opt_g.zero_grad()
    forger.backward()
    opt_g.step()
    return expert.item(), forger.item()
