// The master as a page: the published packages in the order their own documentation gives, fed by the
// browser's camera and microphone. `record(order)` plays one session and resolves with what was sent.
import {
  DescribeMediaStorageConfigurationCommand,
  DescribeSignalingChannelCommand,
  GetSignalingChannelEndpointCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import {
  GetIceServerConfigCommand,
  KinesisVideoSignalingClient,
} from '@aws-sdk/client-kinesis-video-signaling';
import {
  JoinStorageSessionCommand,
  KinesisVideoWebRTCStorageClient,
} from '@aws-sdk/client-kinesis-video-webrtc-storage';
import { Role, SignalingClient } from 'amazon-kinesis-video-streams-webrtc';
import { observe } from './observer.mjs';

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const CONNECTING_MS = 20_000;
const DRAINING_MS = 300;

window.record = async (order) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
    // Whatever improves speech would tear the beeps apart.
    audio: { echoCancellation: false, autoGainControl: false, noiseSuppression: false },
  });
  const observer = observe(stream);
  const { iceServers, channelARN, endpoints } = await lookUp(order);
  const signaling = new SignalingClient({
    channelARN,
    channelEndpoint: endpoints.WSS,
    role: Role.MASTER,
    region: REGION,
    credentials: CREDENTIALS,
    enableEarlyIceCandidateBuffering: true,
  });
  const connection = new RTCPeerConnection({ iceServers });
  try {
    await connect(signaling, connection, stream, endpoints.WEBRTC, channelARN);
    const sent = await send(connection, stream, order.seconds);
    return { ...sent, pairs: observer.pairs(), local: describe(stream) };
  } finally {
    observer.stop();
    connection.close();
    signaling.close();
  }
};

async function lookUp({ endpoint, channel }) {
  const control = new KinesisVideoClient({ region: REGION, credentials: CREDENTIALS, endpoint });
  const described = await control.send(new DescribeSignalingChannelCommand({ ChannelName: channel }));
  const channelARN = described.ChannelInfo.ChannelARN;
  const storage = await control.send(
    new DescribeMediaStorageConfigurationCommand({ ChannelARN: channelARN }),
  );
  if (storage.MediaStorageConfiguration.Status !== 'ENABLED') {
    throw new Error('media storage is ' + storage.MediaStorageConfiguration.Status);
  }
  const found = await control.send(
    new GetSignalingChannelEndpointCommand({
      ChannelARN: channelARN,
      SingleMasterChannelEndpointConfiguration: {
        Protocols: ['WSS', 'HTTPS', 'WEBRTC'],
        Role: Role.MASTER,
      },
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
  // The sample adds AWS's public STUN server here; this suite talks to nobody but the emulator.
  const iceServers = relays.IceServerList.filter((each) => each.Uris?.length).map((each) => ({
    urls: each.Uris,
    username: each.Username,
    credential: each.Password,
  }));
  return { iceServers, channelARN, endpoints };
}

/** Opens the socket, joins, answers; resolves once the connection is up. */
function connect(signaling, connection, stream, storageEndpoint, channelARN) {
  const storage = new KinesisVideoWebRTCStorageClient({
    region: REGION,
    credentials: CREDENTIALS,
    endpoint: storageEndpoint,
  });
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(
      () => reject(new Error('not connected: ' + connection.connectionState)),
      CONNECTING_MS,
    );
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState === 'connected') {
        clearTimeout(deadline);
        resolve();
      }
    });
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) {
        signaling.sendIceCandidate(candidate);
      }
    });
    stream.getTracks().forEach((track) => connection.addTrack(track, stream));

    signaling.on('open', () => {
      storage.send(new JoinStorageSessionCommand({ channelArn: channelARN })).catch(reject);
    });
    signaling.on('sdpOffer', async (offer, sender) => {
      try {
        await connection.setRemoteDescription(offer);
        await connection.setLocalDescription(await connection.createAnswer());
        const correlation = 'answer-' + Date.now();
        signaling.sendSdpAnswer(connection.localDescription, sender, correlation);
        signaling.drainPendingIceCandidates(sender);
      } catch (failure) {
        reject(failure);
      }
    });
    signaling.on('iceCandidate', (candidate) => {
      connection.addIceCandidate(candidate).catch(reject);
    });
    signaling.on('statusResponse', (status) => {
      if (!status.success) {
        reject(new Error('refused: ' + JSON.stringify(status)));
      }
    });
    signaling.on('error', (failure) => reject(new Error('signaling failed: ' + failure)));
    signaling.open();
  });
}

/** Sends for so many seconds from the first frame on, then stops the tracks. */
async function send(connection, stream, seconds) {
  while ((await outboundVideo(connection)).framesSent === 0) {
    await pause(20);
  }
  const start = performance.now();
  const kilobitsPerSecond = [];
  let before = await outboundVideo(connection);
  for (let second = 1; second <= seconds; second++) {
    await pause(start + second * 1000 - performance.now());
    const now = await outboundVideo(connection);
    kilobitsPerSecond.push(((now.bytesSent - before.bytesSent) * 8) / (now.timestamp - before.timestamp));
    before = now;
  }
  const sentSeconds = (performance.now() - start) / 1000;
  stream.getTracks().forEach((track) => track.stop());
  await pause(DRAINING_MS);
  const { framesSent, framesEncoded, bytesSent, frameWidth, frameHeight, qualityLimitationReason } =
    await outboundVideo(connection);
  return {
    sentSeconds,
    framesSent,
    framesEncoded,
    bytesSent,
    frameWidth,
    frameHeight,
    qualityLimitationReason,
    kilobitsPerSecond,
  };
}

async function outboundVideo(connection) {
  for (const each of (await connection.getStats()).values()) {
    if (each.type === 'outbound-rtp' && each.kind === 'video') {
      return { framesSent: 0, framesEncoded: 0, ...each };
    }
  }
  return { framesSent: 0, framesEncoded: 0, bytesSent: 0, timestamp: performance.now() };
}

function describe(stream) {
  const { width, height, frameRate } = stream.getVideoTracks()[0].getSettings();
  return { width, height, frameRate };
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
