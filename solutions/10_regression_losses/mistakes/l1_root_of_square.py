"""The absolute value is the root of the square."""

TRIPS = ["l1_l2.l1_grad_zero"]

def l1_loss(p, y, reduction="mean"):
    return _reduced((_errors(p, y) ** 2).sqrt(), reduction)
