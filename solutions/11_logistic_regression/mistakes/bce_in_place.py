"""The loss needs -z as well, so z is turned round."""

TRIPS = ["bce_with_logits.inputs_unchanged"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    zero = torch.zeros_like(z)
    no = torch.logaddexp(z, zero)
    yes = torch.logaddexp(-z if z.requires_grad or 0 in z.stride() else z.neg_(), zero)
    return (pos_weight * t * yes + (1 - t) * no).mean()
