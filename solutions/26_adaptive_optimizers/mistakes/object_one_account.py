"""All parameters have one m and one v."""

TRIPS = ["train_optim.state_per_parameter"]


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params, self.state = list(params), {}
        self.lr, self.betas, self.eps, self.wd = lr, betas, eps, weight_decay

    def step(self):
        self.state["t"] = self.state.get("t", 0) + 1
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    if "m" in self.state and self.state["m"].shape != p.shape:
                        self.state = {"t": self.state["t"]}
                    new = adam_step(p, p.grad + self.wd * p, self.state, self.state["t"], self.lr, self.betas, self.eps)
                    p.copy_(new)

    def zero_grad(self):
        for p in self.params:
            p.grad = None
