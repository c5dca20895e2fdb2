"""Returns objects that run code when they are unpickled, copied or converted, bare and as bytes of pickle and torch.save.

catalogue: [C50, D40]
outcome: failed
prints: pickles offered
"""

import copyreg
import io
import os
import pickle


class Gadget:
    def __reduce__(self):
        return os.system, (f"touch {WHERE['open']}/unpickled; echo",)

    def __reduce_ex__(self, protocol):
        return self.__reduce__()

    def __getstate__(self):
        return {"run": os.system}

    def __deepcopy__(self, memory):
        won("was copied")
        return self

    __copy__ = __array__ = __index__ = __float__ = __dlpack__ = __deepcopy__


copyreg.pickle(Gadget, lambda gadget: (os.system, ("id",)))
buffer = io.BytesIO()
torch.save({"weight": Gadget(), "model": nn.Linear(2, 2)}, buffer)
offered = iter([Gadget(), pickle.dumps(Gadget()), buffer.getvalue(), {"state_dict": Gadget()}, [Gadget()], Gadget] * 9)


def value(*args):
    print("pickles offered")
    return next(offered)


slope = Layer = fit = twice = noise = value
