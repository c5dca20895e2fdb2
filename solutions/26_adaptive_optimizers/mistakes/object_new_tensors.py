"""self.params holds what comes out of adam_step."""

TRIPS = ["train_optim.test_accuracy", "train_optim.matches_the_rule", "train_optim.example"]


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        self.params = list(params)
        self.states = [{} for _ in self.params]
        self.lr, self.betas, self.eps, self.t = lr, betas, eps, 0

    def step(self):
        self.t += 1
        for i, p in enumerate(self.params):
            if p.grad is not None:
                new = adam_step(p.detach(), p.grad, self.states[i], self.t, self.lr, self.betas, self.eps)
                self.params[i] = new.requires_grad_()

    def zero_grad(self):
        for p in self.params:
            p.grad = None
