"""A tiny guest for tests of the wall, bound into the sandbox as /guest/stand_in.py: one Python expression per line."""

import json


def main(sock, spec):
    scope = {"spec": spec, "sock": sock}
    exec("import os, sys, time, fcntl, socket, ctypes, resource, threading, tempfile", scope)
    with sock.makefile("rwb") as lines:
        for line in lines:
            try:
                answer = [True, repr(eval(json.loads(line), scope))]
            except BaseException as error:
                answer = [False, f"{type(error).__name__}: {error}"]
            lines.write(json.dumps(answer).encode() + b"\n")
            lines.flush()
