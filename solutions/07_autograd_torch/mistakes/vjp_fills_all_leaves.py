"""Called backward(u), which also fills the .grad of the tensors that f uses."""

TRIPS = ["jvp_vjp_hessian.leaves_inputs_alone"]


def vjp(f, x, u):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    if y.requires_grad:
        y.backward(u)
    return torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
