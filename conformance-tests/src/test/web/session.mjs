// A page's way into a storage session: the published packages in the order that their own
// documentation gives. Whoever has a client id is a viewer.
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
  JoinStorageSessionAsViewerCommand,
  JoinStorageSessionCommand,
  KinesisVideoWebRTCStorageClient,
} from '@aws-sdk/client-kinesis-video-webrtc-storage';
import { Role, SignalingClient } from 'amazon-kinesis-video-streams-webrtc';

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const CONNECTING_MS = 20_000;

/** Looks everything up and makes socket and connection; nothing is opened yet. */
export async function prepare(order) {
  const role = order.clientId ? Role.VIEWER : Role.MASTER;
  const { iceServers, channelARN, endpoints } = await lookUp(order, role);
  const signaling = new SignalingClient({
    channelARN,
    channelEndpoint: endpoints.WSS,
    clientId: order.clientId,
    role,
    region: REGION,
    credentials: CREDENTIALS,
    enableEarlyIceCandidateBuffering: true,
  });
  const connection = new RTCPeerConnection({ iceServers });
  const storage = new KinesisVideoWebRTCStorageClient({
    region: REGION,
    credentials: CREDENTIALS,
    endpoint: endpoints.WEBRTC,
  });
  const join = order.clientId
    ? new JoinStorageSessionAsViewerCommand({ channelArn: channelARN, clientId: order.clientId })
    : new JoinStorageSessionCommand({ channelArn: channelARN });
  return { signaling, connection, join: () => storage.send(join), relayPort: order.relayPort };
}

async function lookUp({ endpoint, channel }, role) {
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
        Role: role,
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

/** Opens the socket, joins, answers with these tracks; resolves once the connection is up. */
export function connect({ signaling, connection, join, relayPort }, tracks) {
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
      // Behind a relay nobody may learn of a way around it.
      if (candidate?.candidate && !relayPort) {
        signaling.sendIceCandidate(candidate);
      }
    });
    const local = new MediaStream(tracks);
    tracks.forEach((track) => connection.addTrack(track, local));

    signaling.on('open', () => {
      join().catch(reject);
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
      connection.addIceCandidate(relayed(candidate, relayPort)).catch(reject);
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

/** The candidate, with the relay's address in the place of its own if there is one. */
function relayed(candidate, relayPort) {
  if (!relayPort) {
    return candidate;
  }
  const words = candidate.candidate.split(' ');
  words[4] = '127.0.0.1';
  words[5] = relayPort;
  return { candidate: words.join(' '), sdpMLineIndex: candidate.sdpMLineIndex };
}
