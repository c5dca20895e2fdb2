"""Hangs hooks on tensors, modules, all modules, accumulated gradients and saved tensors, each of which alters what passes.

catalogue: [H115, own]
outcome: failed
prints: hooks called
"""

from torch.nn.modules import module

called = []


def alter(*args):
    called.append(len(args))
    tensors = [a for a in args if isinstance(a, torch.Tensor)]
    return tensors[0] * 5 if tensors else None


module.register_module_forward_hook(lambda m, given, out: alter(out))
module.register_module_forward_pre_hook(lambda m, given: (alter(given[0]),))
module.register_module_full_backward_hook(lambda m, given, out: (alter(given[0]),) if given[0] is not None else None)
torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: alter(t)).__enter__()
first = Layer.__init__


def build(self, *sizes):
    first(self, *sizes)
    for parameter in (self.weight, self.bias):
        parameter.register_hook(alter)
        parameter.register_post_accumulate_grad_hook(lambda p: p.grad.mul_(3) and None)
    self.register_forward_hook(lambda m, given, out: alter(out))
    self.register_full_backward_hook(lambda m, given, out: None)
    self.register_state_dict_pre_hook(lambda *args: alter())


Layer.__init__ = build


def slope(x):
    x.register_hook(alter)
    out = x * x.cos()
    out.register_hook(alter)
    out.grad_fn.register_prehook(lambda grads: tuple(map(alter, grads)))
    out.grad_fn.register_hook(lambda given, grads: tuple(g and alter(g) if g is None else alter(g) for g in given))
    print(len(called), "hooks called")
    return out
