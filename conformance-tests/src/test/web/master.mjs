// The master as a page: the published packages in the order their own documentation gives, fed by the
// browser's camera and microphone. `record(order)` plays one session and resolves with what was sent.
import { observe } from './observer.mjs';
import { connect, prepare } from './session.mjs';

const DRAINING_MS = 300;

window.record = async (order) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 1280, height: 720, frameRate: 30 },
    // Whatever improves speech would tear the beeps apart.
    audio: { echoCancellation: false, autoGainControl: false, noiseSuppression: false },
  });
  const observer = observe(stream);
  const session = await prepare(order);
  const { signaling, connection } = session;
  try {
    await connect(session, stream.getTracks());
    const sent = await send(connection, stream, order.seconds);
    return { ...sent, pairs: observer.pairs(), local: describe(stream) };
  } finally {
    observer.stop();
    connection.close();
    signaling.close();
  }
};

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
