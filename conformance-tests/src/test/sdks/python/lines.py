"""A driver's loop: a request per line of standard input, an answer per line of standard output."""

import datetime
import json
import os
import sys


def plain(value):
    """The output of a client as JSON: times as epoch seconds, bytes as their number."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items() if key != "ResponseMetadata"}
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    if hasattr(value, "read"):
        return len(value.read())
    if isinstance(value, (bytes, bytearray)):
        return len(value)
    return value


def serve(call):
    """Answers every request with what `call` makes of it, until standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Whatever a client prints is no answer.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        try:
            answer = call(json.loads(line))
        except Exception as e:  # whatever the client raised, the test has to see it
            answer = {"ok": False, "raised": f"{type(e).__module__}.{type(e).__name__}: {e}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
