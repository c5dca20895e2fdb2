"""MiniModule whose attributes live in the registry alone, with __getattr__; layers under numbered names; the number of
halvings counted first; all bytes made in memory and then written to a draft."""

import io
import os
from pathlib import Path

import torch
from torch import nn


class MiniModule:
    def __init__(self):
        self.__dict__["registry"] = {}
        self.training = True

    def __setattr__(self, name, value):
        self.registry.pop(name, None)
        self.__dict__.pop(name, None)
        home = self.registry if isinstance(value, (Param, MiniModule)) else self.__dict__
        home[name] = value

    def __getattr__(self, name):
        registry = self.__dict__.get("registry", {})
        if name in registry:
            return registry[name]
        raise AttributeError(name)

    def children(self):
        return {name: value for name, value in self.registry.items() if isinstance(value, MiniModule)}

    def all_names(self):
        names = {name: value for name, value in self.registry.items() if isinstance(value, Param)}
        for name, child in self.children().items():
            names.update({f"{name}.{inner}": value for inner, value in child.all_names().items()})
        return names

    def named_parameters(self):
        names, taken = self.all_names(), []
        for name in names:
            if not [None for other in taken if other is names[name]]:
                taken.append(names[name])
                yield (name, names[name])

    def parameters(self):
        for _, value in self.named_parameters():
            yield value

    def state_dict(self):
        return {name: value.data for name, value in self.all_names().items()}

    def train(self, mode=True):
        for child in self.children().values():
            child.train(mode)
        self.training = mode
        return self

    def eval(self):
        return self.train(mode=False)

    def __call__(self, *args, **kwargs):
        result = self.forward(*args, **kwargs)
        return result

    def forward(self, *args, **kwargs):
        raise NotImplementedError


class MLP(nn.Module):
    def __init__(self, dims):
        if not dims or len(dims) == 1:
            raise ValueError(dims)
        super().__init__()
        self.depth = len(dims) - 1
        for place in range(self.depth):
            setattr(self, f"layer{place}", nn.Linear(dims[place], dims[place + 1]))
        self.register_buffer("sc", torch.ones(()) / 2)

    def forward(self, x):
        for place in range(self.depth):
            if place:
                x = x.clamp_min(0)
            x = getattr(self, f"layer{place}")(x)
        return x.mul(self.sc)


class MySequential(nn.Module):
    def __init__(self, *mods):
        super().__init__()
        self.order = []
        for mod in mods:
            self.append(mod)

    def append(self, mod):
        self.add_module(f"m{len(self.order)}", mod)
        self.order.append(mod)
        return self

    def __len__(self):
        return len(self.order)

    def __getitem__(self, index):
        if isinstance(index, int):
            return self.order[index]
        return MySequential(*self.order[index])

    def forward(self, x):
        return x if not self.order else self.order[-1](self[:-1](x))


class FixedMLP(nn.Module):
    def __init__(self, d, generator=None):
        super().__init__()
        self.linear = nn.Linear(d, d)
        numbers = torch.zeros(d, d)
        numbers.uniform_(0, 1, generator=generator)
        self.register_buffer("fixed", numbers)

    def forward(self, x):
        h = self.linear((self.linear(x) @ self.fixed).add(1).clamp(min=0))
        factor, total = 1.0, float(h.abs().sum())
        while total * factor > 1:
            factor *= 0.5
        return h * factor


def save_ckpt(path, model, opt, epoch, rng=True):
    buffer = io.BytesIO()
    dice = torch.get_rng_state() if rng else None
    torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "epoch": epoch, "rng": dice}, buffer)
    draft = Path(path).with_suffix(".writing")
    draft.write_bytes(buffer.getvalue())
    draft.replace(path)


def load_ckpt(path, model, opt):
    state = torch.load(path, map_location=lambda storage, _: storage, weights_only=True)
    model.load_state_dict(state["model"])
    opt.load_state_dict(state["opt"])
    if state["rng"] is not None:
        torch.set_rng_state(state["rng"])
    return state["epoch"]
