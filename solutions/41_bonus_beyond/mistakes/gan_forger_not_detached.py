"""The forger's gradients are cleared later anyway."""

TRIPS = ["gan_step.fake_detached"]


def gan_step(G, D, opt_g, opt_d, real, z):
    expert = d_loss(D(real), D(G(z)))
    opt_d.zero_grad()
    expert.backward()
    opt_d.step()
    forger = g_loss(D(G(z)))
    opt_g.zero_grad()
    forger.backward()
    opt_g.step()
    return expert.item(), forger.item()
