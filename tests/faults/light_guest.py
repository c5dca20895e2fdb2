"""The guest of light_worker.py: says what it is told, behind the whole wall."""

import json


def main(sock, spec):
    with sock.makefile("rwb") as lines:
        for line in lines:
            question, text = json.loads(line)
            wrong = "[:-1]" in text
            answer = {"outcome": "failed" if wrong else "passed", "points": 60.0 if wrong else 100.0}[question]
            lines.write(json.dumps(answer).encode() + b"\n")
            lines.flush()
