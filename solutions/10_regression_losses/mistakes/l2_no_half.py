"""The L2 loss is the squared error. (Here it is half of it.)"""

TRIPS = ["l1_l2.value_none", "l1_l2.reductions", "l1_l2.example"]

def l2_loss(p, y, reduction="mean"):
    return _reduced(_errors(p, y) ** 2, reduction)
