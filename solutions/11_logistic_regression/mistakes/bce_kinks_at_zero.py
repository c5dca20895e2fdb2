"""The stable formula of the manuals, with clamp and abs. (At z = 0 both have a kink, and autograd takes sides.)"""

TRIPS = ["bce_with_logits.grad_at_zero"]
ALSO = ["multilabel.grad_at_zero"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    yes = (-z).clamp(min=0) + torch.log1p(torch.exp(-z.abs()))
    no = z.clamp(min=0) + torch.log1p(torch.exp(-z.abs()))
    return (pos_weight * t * yes + (1 - t) * no).mean()
