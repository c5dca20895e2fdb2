"""After a sync both are the same, so they may be the same tensor."""

TRIPS = ["lookahead.two_syncs"]


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
            for i, fast in enumerate(self.fast):
                fast.copy_(self.slow[i] + self.alpha * (fast - self.slow[i]))
                self.slow[i] = fast.data

    def zero_grad(self):
        self.inner.zero_grad()
