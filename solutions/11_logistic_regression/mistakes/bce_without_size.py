"""The stable formula is max(z, 0) - z t + log(1 + exp(-z))."""

TRIPS = ["bce_with_logits.value", "bce_with_logits.large_logits"]
ALSO = ["multilabel.value", "multilabel.example", "multilabel.not_softmax", "multilabel.large_logits", "multilabel.grad_at_zero", "multilabel.gradient"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    return (z.clamp(min=0) - z * t + torch.log1p(torch.exp(-z))).mean()
