"""Prints the operations of the five Kinesis Video services as the installed botocore models them:
one JSON object per line, every shape of the input spelled out where it is used."""

import json

import botocore.loaders

SERVICES = (
    "kinesisvideo",
    "kinesis-video-signaling",
    "kinesis-video-webrtc-storage",
    "kinesis-video-media",
    "kinesis-video-archived-media",
)
CONSTRAINTS = ("min", "max", "pattern", "enum")


def spelled_out(shapes, name):
    shape = shapes[name]
    text = {"type": shape["type"]}
    text.update({key: shape[key] for key in CONSTRAINTS if key in shape})
    if shape["type"] == "structure":
        text["required"] = shape.get("required", [])
        text["members"] = {
            member: spelled_out(shapes, reference["shape"])
            for member, reference in shape["members"].items()
        }
    elif shape["type"] == "list":
        text["element"] = spelled_out(shapes, shape["member"]["shape"])
    elif shape["type"] == "map":
        text["key"] = spelled_out(shapes, shape["key"]["shape"])
        text["value"] = spelled_out(shapes, shape["value"]["shape"])
    return text


def main():
    loader = botocore.loaders.Loader()
    for service in SERVICES:
        model = loader.load_service_model(service, "service-2")
        shapes = model["shapes"]
        for name, operation in sorted(model["operations"].items()):
            errors = {
                error["shape"]: shapes[error["shape"]]["error"]["httpStatusCode"]
                for error in operation.get("errors", [])
            }
            print(
                json.dumps(
                    {
                        "service": service,
                        "name": name,
                        "path": operation["http"]["requestUri"],
                        "errors": errors,
                        "input": spelled_out(shapes, operation["input"]["shape"]),
                    }
                )
            )


main()
