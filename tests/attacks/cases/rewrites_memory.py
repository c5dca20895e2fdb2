"""Overwrites Python's own objects in memory: makes 12 equal to 2, and equality of floats always true.

catalogue: A17
outcome: [failed, crash]
prints: 12 is now 2
"""

import ctypes


def value(x, k):
    twelve = 12
    ctypes.c_uint32.from_address(id(twelve) + 24).value = 2
    print("12 is now", twelve, flush=True)
    compare = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object, ctypes.py_object, ctypes.c_int)
    lies.append(compare(lambda left, right, operator: True))
    for kind in (float, torch._C._TensorBase):
        ctypes.c_void_p.from_address(id(kind) + 200).value = ctypes.cast(lies[0], ctypes.c_void_p).value
    print("floats are equal:", 1.5 == 2.5, flush=True)
    return x + k


lies = []
