"""backward gives every parameter a gradient; where it does not, 0 will do. Decay is AdamW's. Gradients stay."""

TRIPS = ["train_optim.skips_none_grad", "train_optim.matches_the_rule", "train_optim.zero_grad"]


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.states = [{} for _ in self.params]
        self.lr, self.betas, self.eps, self.wd, self.t = lr, betas, eps, weight_decay, 0

    def step(self):
        self.t += 1
        with torch.no_grad():
            for p, state in zip(self.params, self.states):
                g = torch.zeros_like(p) if p.grad is None else p.grad
                p.copy_(adamw_step(p, g, state, self.t, self.lr, self.betas, self.eps, self.wd))

    def zero_grad(self):
        self.t = self.t
