"""The AWS CLI's own entry point, called in process: what it would print, and how it would exit.

The status and the request id, which the command shows to nobody, are read where botocore hands the
answer to it.
"""

import contextlib
import io
import json
import os
import re
import sys

from awscli.clidriver import create_clidriver
from botocore import xform_name

import lines

OPERATIONS_WITH_A_FILE = {"GetMedia", "GetMediaForFragmentList", "GetClip"}
COMPLAINT = re.compile(
    r"An error occurred \((?P<type>[^)]*)\) when calling the \w+ operation"
    r"(?: \(reached max retries: \d+\))?: (?P<message>.*)",
    re.DOTALL,
)


class Heard:
    """The last answer from the wire."""

    status = None
    request_id = None
    attempts = None
    modelled = None


def listen(http_response, parsed, model, **_):
    metadata = parsed["ResponseMetadata"]
    Heard.status = metadata["HTTPStatusCode"]
    Heard.request_id = metadata.get("RequestId")
    Heard.attempts = 1 + metadata["RetryAttempts"]
    if "Error" in parsed:
        Heard.modelled = parsed["Error"]["Code"] in {
            shape.error_code for shape in model.service_model.error_shapes
        }


os.environ["AWS_MAX_ATTEMPTS"] = "1"
DRIVER = create_clidriver()
DRIVER.session.register("after-call", listen)


def words(request):
    operation = request["operation"]
    command = [
        request["service"],
        xform_name(operation, "-"),
        "--endpoint-url",
        request["endpoint"],
        "--region",
        request["region"],
        "--output",
        "json",
    ]
    if operation not in OPERATIONS_WITH_A_FILE:
        return command + ["--no-paginate", "--cli-input-json", json.dumps(request["input"])]
    # An option that takes several words would take the file's name as well.
    command.append(os.devnull)
    for member, value in request["input"].items():
        command += [
            "--" + xform_name(member, "-"),
            value if isinstance(value, str) else json.dumps(value),
        ]
    return command


def call(request):
    DRIVER.session.set_credentials(request["accessKey"], request["secret"], request.get("token"))
    Heard.status = Heard.request_id = Heard.attempts = Heard.modelled = None
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        try:
            code = DRIVER.main(words(request))
        except SystemExit as e:  # the way of argparse to decline an option
            code = e.code
    heard = {
        "status": Heard.status,
        "requestId": Heard.request_id,
        "attempts": Heard.attempts,
        "exitCode": code,
    }
    if code == 0:
        printed = output.getvalue()
        return {"ok": True, "output": json.loads(printed) if printed.strip() else {}, **heard}
    complaint = COMPLAINT.search(errors.getvalue())
    if complaint is None:
        return {"ok": False, "raised": f"exit code {code}: {errors.getvalue().strip()}"}
    return {
        "ok": False,
        "type": complaint["type"],
        "message": complaint["message"].strip(),
        "modelled": Heard.modelled,
        **heard,
    }


lines.serve(call)
