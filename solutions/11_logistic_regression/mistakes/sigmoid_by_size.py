"""With |x| nothing overflows. (But |x| has no slope at 0.)"""

TRIPS = ["sigmoid.grad_at_zero"]

def sigmoid(x):
    small = torch.exp(-x.abs())
    return torch.where(x >= 0, 1 / (1 + small), small / (1 + small))
