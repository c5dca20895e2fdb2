"""The loss as it stands in the formula."""

TRIPS = ["gan_step.value"]


def d_loss(real, fake):
    return -torch.log(torch.sigmoid(real)).mean() - torch.log(1 - torch.sigmoid(fake)).mean()
