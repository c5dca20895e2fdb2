"""The forger makes the expert's loss large."""

TRIPS = ["gan_step.nonsaturating", "gan_step.example"]


def g_loss(fake):
    return -F.softplus(fake).mean()
