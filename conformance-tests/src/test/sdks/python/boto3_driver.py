"""boto3, its own check of parameters switched off so that the emulator has to do it."""

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

import lines

CONFIG = Config(
    parameter_validation=False,
    retries={"total_max_attempts": 1},
    connect_timeout=10,
    read_timeout=20,
)
SESSION = boto3.Session()


def client_of(request):
    return SESSION.client(
        request["service"],
        endpoint_url=request["endpoint"],
        region_name=request["region"],
        aws_access_key_id=request["accessKey"],
        aws_secret_access_key=request["secret"],
        aws_session_token=request.get("token"),
        config=CONFIG,
    )


def call(request):
    client = client_of(request)
    try:
        output = getattr(client, xform_name(request["operation"]))(**request["input"])
        metadata = output["ResponseMetadata"]
        return {
            "ok": True,
            "output": lines.plain(output),
            "status": metadata["HTTPStatusCode"],
            "requestId": metadata.get("RequestId"),
            "attempts": 1 + metadata["RetryAttempts"],
        }
    except ClientError as e:
        code = e.response["Error"]["Code"]
        metadata = e.response["ResponseMetadata"]
        modelled = client.exceptions.from_code(code)
        return {
            "ok": False,
            "type": code,
            "status": metadata["HTTPStatusCode"],
            "message": e.response["Error"]["Message"],
            "requestId": metadata.get("RequestId"),
            "attempts": 1 + metadata["RetryAttempts"],
            "modelled": modelled is not ClientError and isinstance(e, modelled),
        }
    finally:
        client.close()


lines.serve(call)
