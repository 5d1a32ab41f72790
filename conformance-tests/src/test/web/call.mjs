// One end of a peer-to-peer call as a page: the published SDK in the order of its own documentation,
// for a channel without media storage. `call(order)` resolves once both ends have seen each other.
import {
  DescribeSignalingChannelCommand,
  GetSignalingChannelEndpointCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import {
  GetIceServerConfigCommand,
  KinesisVideoSignalingClient,
} from '@aws-sdk/client-kinesis-video-signaling';
import { Role, SignalingClient } from 'amazon-kinesis-video-streams-webrtc';

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const PICTURES = 30;
const PATIENCE_MS = 30_000;

window.call = async (order) => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const { channelARN, endpoints, iceServers } = await lookUp(order);
  const signaling = new SignalingClient({
    channelARN,
    channelEndpoint: endpoints.WSS,
    clientId: order.role === Role.VIEWER ? order.clientId : undefined,
    role: order.role,
    region: REGION,
    credentials: CREDENTIALS,
  });
  const connection = new RTCPeerConnection({ iceServers });
  stream.getTracks().forEach((track) => connection.addTrack(track, stream));
  const heard = [];
  const failed = new Promise((resolve, reject) => {
    signaling.on('statusResponse', (status) => reject(new Error(JSON.stringify(status))));
    signaling.on('error', (failure) => reject(new Error('signaling failed: ' + failure)));
    setTimeout(
      () => reject(new Error('not connected: ' + connection.connectionState + ', heard ' + heard)),
      PATIENCE_MS,
    );
  });
  const end = order.role === Role.VIEWER ? viewer : master;
  end(signaling, connection, heard);
  signaling.open();
  await Promise.race([pictures(connection), failed]);
  return { heard, state: connection.connectionState, ...(await received(connection)) };
};

function viewer(signaling, connection, heard) {
  signaling.on('open', async () => {
    await connection.setLocalDescription(await connection.createOffer());
    signaling.sendSdpOffer(connection.localDescription);
  });
  signaling.on('sdpAnswer', async (answer) => {
    heard.push('sdpAnswer');
    await connection.setRemoteDescription(answer);
  });
  signaling.on('iceCandidate', (candidate) => connection.addIceCandidate(candidate));
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.candidate) {
      signaling.sendIceCandidate(candidate);
    }
  });
}

function master(signaling, connection, heard) {
  signaling.on('sdpOffer', async (offer, remoteClientId) => {
    heard.push('sdpOffer of ' + remoteClientId);
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) {
        signaling.sendIceCandidate(candidate, remoteClientId);
      }
    });
    await connection.setRemoteDescription(offer);
    await connection.setLocalDescription(await connection.createAnswer());
    signaling.sendSdpAnswer(connection.localDescription, remoteClientId, 'answer-' + Date.now());
  });
  signaling.on('iceCandidate', (candidate) => connection.addIceCandidate(candidate));
}

async function lookUp({ endpoint, channel, role }) {
  const control = new KinesisVideoClient({ region: REGION, credentials: CREDENTIALS, endpoint });
  const described = await control.send(new DescribeSignalingChannelCommand({ ChannelName: channel }));
  const channelARN = described.ChannelInfo.ChannelARN;
  const found = await control.send(
    new GetSignalingChannelEndpointCommand({
      ChannelARN: channelARN,
      SingleMasterChannelEndpointConfiguration: { Protocols: ['WSS', 'HTTPS'], Role: role },
    }),
  );
  const endpoints = Object.fromEntries(
    found.ResourceEndpointList.map((each) => [each.Protocol, each.ResourceEndpoint]),
  );
  const relays = await new KinesisVideoSignalingClient({
    region: REGION,
    credentials: CREDENTIALS,
    endpoint: endpoints.HTTPS,
  }).send(new GetIceServerConfigCommand({ ChannelARN: channelARN }));
  const iceServers = relays.IceServerList.map((each) => ({
    urls: each.Uris,
    username: each.Username,
    credential: each.Password,
  }));
  return { channelARN, endpoints, iceServers };
}

/** Resolves when so many pictures of the other end were decoded. */
async function pictures(connection) {
  while ((await received(connection)).framesDecoded < PICTURES) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function received(connection) {
  let pictures = { framesDecoded: 0, audioBytes: 0 };
  for (const each of (await connection.getStats()).values()) {
    if (each.type === 'inbound-rtp' && each.kind === 'video') {
      pictures = { ...pictures, framesDecoded: each.framesDecoded ?? 0 };
    }
    if (each.type === 'inbound-rtp' && each.kind === 'audio') {
      pictures = { ...pictures, audioBytes: each.bytesReceived ?? 0 };
    }
  }
  return pictures;
}
