"""zero_grad is for the slow weights, which have none. Before the first sync the inner rule is slowed down."""

TRIPS = ["lookahead.in_place"]


class Lookahead:
    def __init__(self, inner, k=5, alpha=0.5):
        self.inner, self.k, self.alpha, self.count = inner, k, alpha, 0
        self.fast = [p for group in inner.param_groups for p in group["params"]]
        self.slow = [p.detach().clone() for p in self.fast]

    @torch.no_grad()
    def step(self):
        self.inner.step()
        self.count += 1
        if self.count % self.k == 0:
            for fast, slow in zip(self.fast, self.slow):
                slow += self.alpha * (fast - slow)
                fast.copy_(slow)

    def zero_grad(self):
        for slow in self.slow:
            slow.grad = None
