"""aiortc as the master of a storage session: endpoint, channel, authority's file, seconds."""

import asyncio
import base64
import fractions
import json
import math
import ssl
import struct
import sys
import urllib.parse
import urllib.request

import av
import websockets
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.codecs import h264
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp

ENDPOINT, CHANNEL, AUTHORITY, SECONDS = sys.argv[1:5]
TLS = ssl.create_default_context(cafile=AUTHORITY)
WIDTH, HEIGHT = 320, 180
RATE, SAMPLES = 48_000, 960

h264.MIN_BITRATE = h264.DEFAULT_BITRATE = h264.MAX_BITRATE = 300_000


class Camera(VideoStreamTrack):
    """Stripes that wander over a slope of grey."""

    number = 0

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        luma = frame.planes[0]
        rows = bytearray()
        for y in range(HEIGHT):
            row = bytes((x + 2 * y + 3 * self.number) % 200 + 20 for x in range(WIDTH))
            rows += row.ljust(luma.line_size, b"\0")
        luma.update(bytes(rows))
        for chroma in frame.planes[1:]:
            chroma.update(bytes([100 + self.number % 60]) * chroma.buffer_size)
        frame.pts, frame.time_base = pts, time_base
        self.number += 1
        return frame


class Microphone(AudioStreamTrack):
    """A tone of 440 Hz at 48 kHz."""

    position = 0

    async def recv(self):
        await asyncio.sleep(0.018 if self.position else 0)
        frame = av.AudioFrame(format="s16", layout="stereo", samples=SAMPLES)
        tone = (
            int(8_000 * math.sin(2 * math.pi * 440 * (self.position + i) / RATE))
            for i in range(SAMPLES)
        )
        frame.planes[0].update(b"".join(struct.pack("<hh", each, each) for each in tone))
        frame.sample_rate = RATE
        frame.pts, frame.time_base = self.position, fractions.Fraction(1, RATE)
        self.position += SAMPLES
        return frame


def ask(endpoint, operation, **members):
    request = urllib.request.Request(
        f"{endpoint}/{operation}",
        json.dumps(members).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, context=TLS if endpoint.startswith("https") else None) as answer:
        return json.loads(answer.read() or b"{}")


async def main():
    arn = ask(ENDPOINT, "describeSignalingChannel", ChannelName=CHANNEL)["ChannelInfo"]["ChannelARN"]
    found = ask(
        ENDPOINT,
        "getSignalingChannelEndpoint",
        ChannelARN=arn,
        SingleMasterChannelEndpointConfiguration={"Protocols": ["WSS", "WEBRTC"], "Role": "MASTER"},
    )
    endpoints = {each["Protocol"]: each["ResourceEndpoint"] for each in found["ResourceEndpointList"]}
    address = endpoints["WSS"] + "?" + urllib.parse.urlencode({"X-Amz-ChannelARN": arn})
    connection = RTCPeerConnection()
    connected = asyncio.Event()

    @connection.on("connectionstatechange")
    def changed():
        if connection.connectionState == "connected":
            connected.set()

    async with websockets.connect(address, ssl=TLS) as socket:
        await asyncio.to_thread(ask, endpoints["WEBRTC"], "joinStorageSession", channelArn=arn)
        listening = asyncio.create_task(listen(socket, connection))
        await asyncio.wait_for(connected.wait(), 20)
        await asyncio.sleep(float(SECONDS))
        listening.cancel()
        await connection.close()


async def listen(socket, connection):
    async for text in socket:
        if not text:
            continue
        message = json.loads(text)
        payload = json.loads(base64.b64decode(message["messagePayload"]))
        if message["messageType"] == "SDP_OFFER":
            await answer(socket, connection, payload)
        elif message["messageType"] == "ICE_CANDIDATE":
            candidate = candidate_from_sdp(payload["candidate"].split(":", 1)[1])
            candidate.sdpMid = payload.get("sdpMid")
            candidate.sdpMLineIndex = payload.get("sdpMLineIndex")
            await connection.addIceCandidate(candidate)


async def answer(socket, connection, offer):
    await connection.setRemoteDescription(RTCSessionDescription(offer["sdp"], "offer"))
    connection.addTrack(Microphone())
    connection.addTrack(Camera())
    await connection.setLocalDescription(await connection.createAnswer())
    local = connection.localDescription
    print(local.sdp)
    payload = json.dumps({"type": local.type, "sdp": local.sdp})
    await socket.send(
        json.dumps(
            {
                "action": "SDP_ANSWER",
                "messagePayload": base64.b64encode(payload.encode()).decode(),
            }
        )
    )


asyncio.run(main())
