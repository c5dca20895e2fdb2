"""pos_weight is the weight of the loss."""

TRIPS = ["bce_with_logits.pos_weight", "bce_with_logits.example"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    zero = torch.zeros_like(z)
    return pos_weight * (t * torch.logaddexp(-z, zero) + (1 - t) * torch.logaddexp(z, zero)).mean()
