"""Measures from the call of JoinStorageSession to the offer on the socket, with a client that has no
share worth mentioning. Prints milliseconds, one line per join, each on a channel of its own.

usage: join-to-offer.py PORT CA_FILE JOINS
"""

import base64
import http.client
import json
import os
import socket
import ssl
import sys
import time

PORT, AUTHORITY, JOINS = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
HOST = "localhost"


def post(connection, path, body):
    connection.request("POST", path, json.dumps(body))
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} was answered with {answer.status}: {text!r}")
    return json.loads(text or b"{}")


def channel_with_storage(connection, name):
    channel = post(connection, "/createSignalingChannel", {"ChannelName": name})["ChannelARN"]
    stream = post(connection, "/createStream", {"StreamName": name, "DataRetentionInHours": 1})
    storage = {"Status": "ENABLED", "StreamARN": stream["StreamARN"]}
    post(
        connection,
        "/updateMediaStorageConfiguration",
        {"ChannelARN": channel, "MediaStorageConfiguration": storage},
    )
    return channel


def master_socket(context, channel):
    connected = context.wrap_socket(
        socket.create_connection((HOST, PORT)), server_hostname=HOST
    )
    key = base64.b64encode(os.urandom(16)).decode()
    connected.sendall(
        (
            f"GET /master?X-Amz-ChannelARN={channel} HTTP/1.1\r\nHost: {HOST}:{PORT}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n"
        ).encode()
    )
    if b" 101 " not in connected.recv(4096):
        raise SystemExit("the signaling socket was refused")
    return connected


def main():
    context = ssl.create_default_context(cafile=AUTHORITY)
    rest = http.client.HTTPConnection(HOST, PORT)
    rest.connect()
    rest.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for number in range(JOINS):
        channel = channel_with_storage(rest, f"join-{number}")
        with master_socket(context, channel) as signaling:
            start = time.perf_counter()
            post(rest, "/joinStorageSession", {"channelArn": channel})
            signaling.recv(1)
            print(f"{(time.perf_counter() - start) * 1000:.2f}")


main()
