"""Counting begins at 0."""

TRIPS = ["lookahead.sync_value_at_k", "lookahead.before_k_equals_inner"]


class Lookahead:
    def __init__(self, inner, k=5, alpha=0.5):
        self.inner, self.k, self.alpha, self.count = inner, k, alpha, 0
        self.fast = [p for group in inner.param_groups for p in group["params"]]
        self.slow = [p.detach().clone() for p in self.fast]

    @torch.no_grad()
    def step(self):
        self.inner.step()
        if self.count % self.k == 0:
            for fast, slow in zip(self.fast, self.slow):
                slow += self.alpha * (fast - slow)
                fast.copy_(slow)
        self.count += 1

    def zero_grad(self):
        self.inner.zero_grad()
