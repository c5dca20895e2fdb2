"""The loss is the logarithm of the probability, and there is a sigmoid already."""

TRIPS = ["bce_with_logits.large_logits", "bce_with_logits.grad_large"]
ALSO = ["multilabel.large_logits"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    p = sigmoid(z)
    return -(pos_weight * t * p.log() + (1 - t) * (1 - p).log()).mean()
