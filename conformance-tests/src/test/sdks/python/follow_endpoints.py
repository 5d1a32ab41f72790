"""boto3 that knows nothing of an emulator but AWS_ENDPOINT_URL_KINESIS_VIDEO.

Everything else it is told: it prints what it has done, a line each.
"""

import boto3

video = boto3.client("kinesisvideo")
channel = video.create_signaling_channel(ChannelName="porch")["ChannelARN"]
stream = video.create_stream(StreamName="porch", DataRetentionInHours=24)["StreamARN"]
video.update_media_storage_configuration(
    ChannelARN=channel,
    MediaStorageConfiguration={"Status": "ENABLED", "StreamARN": stream},
)
endpoints = {
    item["Protocol"]: item["ResourceEndpoint"]
    for item in video.get_signaling_channel_endpoint(
        ChannelARN=channel,
        SingleMasterChannelEndpointConfiguration={
            "Protocols": ["WSS", "HTTPS", "WEBRTC"],
            "Role": "MASTER",
        },
    )["ResourceEndpointList"]
}
signaling = boto3.client("kinesis-video-signaling", endpoint_url=endpoints["HTTPS"])
for server in signaling.get_ice_server_config(ChannelARN=channel)["IceServerList"]:
    print("server", server["Uris"][0])
storage = boto3.client("kinesis-video-webrtc-storage", endpoint_url=endpoints["WEBRTC"])
storage.join_storage_session(channelArn=channel)
print("joined", channel)
