"""Rewrites the sandbox's own code: the encoder, the channel, the guest, its operations, and every copy of the protocol.

catalogue: [A17, C42]
outcome: [failed, crash]
prints: patched 9
"""

import sys

from autograder.sandbox import bridge, channel, decode, encode, guest, guest_ops, guest_trace, wire

right = {"count": 0}
tensor = encode.Encoder.tensor


def lying(self, given, *args, **kwargs):
    right["count"] += 1
    return tensor(self, given * 0 if given.is_floating_point() else given, *args, **kwargs)


wire.MAX_DEPTH = wire.MAX_NODES = wire.MAX_META = wire.MAX_BYTES = wire.MAX_BUFFERS = 2**62
wire.MAGIC = b"AG"
encode.Encoder.tensor = lying
guest.Guest.report_of = lambda self, fault: ["passed", "", "", [], 1]
guest.Guest.forget = lambda self, handles: None
guest_ops.OPERATIONS["reset"] = lambda guest, seed: print("patched", len(guest_ops.OPERATIONS) and 9)
guest_ops.OPERATIONS["params"] = lambda guest, module: {name: torch.eye(3, 5).double() for name in ("weight", "bias")}
guest_ops.OPERATIONS["call"] = lambda guest, owner, path, args, kwargs: args
bridge.Peer._backward = lambda self, tape, accumulate, grads: [True]
bridge.MAX_NESTING = 10**9
bridge._fits = lambda grad, leaf: True
channel.Channel.receive.__globals__["READ_AHEAD"] = 1
decode.Decoder.whole.__defaults__ = ()
guest_trace.observe = None
for name in [name for name in sys.modules if name.startswith("autograder.")]:
    if name.split(".")[1] not in ("sandbox", "errors", "model") or name.endswith((".host", ".launcher", ".remote")):
        won(f"the grader's module {name} is here")
