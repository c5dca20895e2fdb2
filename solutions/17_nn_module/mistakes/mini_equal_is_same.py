"""Two parameters with the same numbers are the same parameter."""

import torch

TRIPS = ["MiniModule.no_duplicates"]


class MiniModule:
    def __init__(self):
        object.__setattr__(self, "_own", {})
        object.__setattr__(self, "_parts", {})
        self.training = True

    def __setattr__(self, name, value):
        self._own.pop(name, None)
        self._parts.pop(name, None)
        if isinstance(value, Param):
            self._own[name] = value
        elif isinstance(value, MiniModule):
            self._parts[name] = value
        object.__setattr__(self, name, value)

    def _named(self, prefix=""):
        for name, value in self._own.items():
            yield prefix + name, value
        for name, part in self._parts.items():
            yield from part._named(f"{prefix}{name}.")

    def named_parameters(self):
        seen = []
        for name, value in self._named():
            if not any(torch.equal(value.data, other) for other in seen):
                seen.append(value.data)
                yield name, value

    def parameters(self):
        return [value for _, value in self.named_parameters()]

    def state_dict(self):
        return {name: value.data for name, value in self._named()}

    def train(self, mode=True):
        self.training = mode
        for part in self._parts.values():
            part.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)

    def forward(self, *args, **kwargs):
        raise NotImplementedError
