"""A logarithm held above -100 is safe, as in nn.BCELoss."""

TRIPS = ["bce_with_logits.large_logits", "bce_with_logits.grad_large"]
ALSO = ["multilabel.large_logits"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    p = torch.sigmoid(z)
    return -(pos_weight * t * p.log().clamp(min=-100) + (1 - t) * (1 - p).log().clamp(min=-100)).mean()
