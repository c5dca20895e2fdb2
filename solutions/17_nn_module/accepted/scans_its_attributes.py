"""MiniModule without any registry: the attributes themselves are the list, read whenever somebody asks. MLP as an
nn.Sequential, MySequential on nn.ModuleList, halving in place, and a draft with a name that nobody else has."""

import os
import tempfile

import torch
from torch import nn


class MiniModule:
    training = True

    def __init__(self):
        pass

    def __setattr__(self, name, value):
        vars(self).pop(name, None)
        vars(self)[name] = value

    def walk(self):
        found = [(name, value) for name, value in vars(self).items() if isinstance(value, Param)]
        for name, value in vars(self).items():
            if isinstance(value, MiniModule):
                found += [(name + "." + inner, one) for inner, one in value.walk()]
        return found

    def named_parameters(self):
        first = {}
        for name, value in self.walk():
            first.setdefault(value, name)
        return [(name, value) for value, name in first.items()]

    def parameters(self):
        return iter(value for _, value in self.named_parameters())

    def state_dict(self):
        return dict((name, value.data) for name, value in self.walk())

    def train(self, mode=True):
        todo = [self]
        while todo:
            module = todo.pop()
            module.training = mode
            todo += [value for value in vars(module).values() if isinstance(value, MiniModule)]
        return self

    def eval(self):
        self.train(mode=False)
        return self

    def __call__(self, *args, **kwargs):
        return type(self).forward(self, *args, **kwargs)

    def forward(self, *args, **kwargs):
        raise NotImplementedError


class MLP(nn.Module):
    def __init__(self, dims):
        super().__init__()
        if len(dims) <= 1:
            raise ValueError("too few sizes")
        parts = []
        for i in range(1, len(dims)):
            parts += [nn.Linear(dims[i - 1], dims[i]), nn.ReLU()]
        self.net = nn.Sequential(*parts[:-1])
        self.register_buffer("sc", torch.full((), 0.5))

    def forward(self, x):
        return self.sc * self.net(x)


class MySequential(nn.Module):
    def __init__(self, *mods):
        super().__init__()
        self.row = nn.ModuleList(mods)

    def append(self, mod):
        self.row.append(mod)
        return self

    def __len__(self):
        return len(self.row)

    def __getitem__(self, index):
        found = self.row[index]
        return type(self)(*found) if isinstance(found, nn.ModuleList) else found

    def forward(self, x):
        for mod in self.row:
            x = mod(x)
        return x


class FixedMLP(nn.Module):
    def __init__(self, d, generator=None):
        super().__init__()
        self.register_buffer("fixed", torch.empty(d, d).uniform_(generator=generator))
        self.linear = nn.Linear(d, d)

    def forward(self, x):
        h = self.linear(torch.relu(torch.mm(self.linear(x), self.fixed) + 1.0))
        while torch.linalg.vector_norm(h.detach(), ord=1) > 1:
            h /= 2
        return h


def save_ckpt(path, model, opt, epoch, rng=True):
    folder = os.path.dirname(os.path.abspath(path))
    state = dict(model=model.state_dict(), opt=opt.state_dict(), epoch=epoch, rng=None)
    if rng:
        state["rng"] = torch.random.get_rng_state()
    handle, draft = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            torch.save(state, file)
        os.rename(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def load_ckpt(path, model, opt):
    with open(path, "rb") as file:
        state = torch.load(file, weights_only=True, map_location=torch.device("cpu"))
    opt.load_state_dict(state["opt"])
    model.load_state_dict(state.pop("model"), strict=True)
    if torch.is_tensor(state["rng"]):
        torch.random.set_rng_state(state["rng"])
    return int(state["epoch"])
