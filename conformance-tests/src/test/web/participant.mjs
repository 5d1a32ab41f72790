// Somebody in a storage session, master or viewer, who is asked from outside what he sees and hears.
import { readBlocks } from './blocks.mjs';
import { observe } from './observer.mjs';
import { connect, prepare } from './session.mjs';

const HEARD_SECONDS = 12;
const RATE = 48_000;
const STATS_EVERY_MS = 50;
const LOUDNESS = 0.25;
const TONE_BITRATE = 128_000;
const KEPT_PICTURES = 30;

const pictures = { numbers: [], sizes: [], times: [] };
const heard = new Int16Array(HEARD_SECONDS * RATE);
const keyFramesAskedOfUs = [];
let heardSamples = 0;
let offers = 0;
let connection;
let signaling;
let connectedAt;
let askForKeyFrame;
let observer;

/** Joins and resolves once the connection is up. */
window.join = async (order) => {
  const session = await prepare(order);
  ({ signaling, connection } = session);
  connection.addEventListener('track', ({ track, receiver }) => {
    if (track.kind === 'video') {
      if (order.demanding) {
        receiver.transform = passingOn();
      }
      look(track);
    } else {
      listen(track);
    }
  });
  signaling.on('sdpOffer', () => offers++);
  const sent = await tracks(order.sends);
  if (order.observed) {
    observer = observe(new MediaStream(sent));
  }
  await connect(session, sent);
  await raiseBitrate();
  connectedAt = performance.now();
  if (!order.clientId) {
    watchKeyFrameRequests();
  }
  return null;
};

/** Camera and microphone are the browser's own; a number is a tone of so many hertz. */
async function tracks(sends) {
  const made = [];
  for (const each of sends) {
    if (typeof each === 'number') {
      made.push(tone(each));
    } else {
      const stream = await navigator.mediaDevices.getUserMedia(
        each === 'camera'
          ? { video: { width: 1280, height: 720, frameRate: 30 } }
          : // Whatever improves speech would tear the beeps apart.
            { audio: { echoCancellation: false, autoGainControl: false, noiseSuppression: false } },
      );
      made.push(...stream.getTracks());
    }
  }
  return made;
}

/** Chromium gives mono sound a bitrate for speech, at which tones have noise around them. */
async function raiseBitrate() {
  for (const sender of connection.getSenders()) {
    if (sender.track?.kind === 'audio') {
      const parameters = sender.getParameters();
      parameters.encodings[0].maxBitrate = TONE_BITRATE;
      await sender.setParameters(parameters);
    }
  }
}

function tone(frequency) {
  const context = new AudioContext({ sampleRate: RATE });
  const loudness = new GainNode(context, { gain: LOUDNESS });
  const oscillator = new OscillatorNode(context, { frequency });
  const end = context.createMediaStreamDestination();
  oscillator.connect(loudness).connect(end);
  oscillator.start();
  return end.stream.getAudioTracks()[0];
}

async function look(track) {
  const processor = new MediaStreamTrackProcessor({ track, maxBufferSize: KEPT_PICTURES });
  await each(processor, async (frame) => {
    pictures.times.push(performance.now());
    pictures.sizes.push(frame.codedWidth + 'x' + frame.codedHeight);
    pictures.numbers.push((await readBlocks(frame)).number);
  });
}

async function listen(track) {
  // Chromium plays a remote track only where an element wants it.
  const element = new Audio();
  element.srcObject = new MediaStream([track]);
  element.muted = true;
  await element.play();
  await each(new MediaStreamTrackProcessor({ track }), async (data) => {
    const samples = new Float32Array(data.numberOfFrames);
    await data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    for (const sample of samples) {
      heard[heardSamples++ % heard.length] = Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
    }
  });
}

async function each(processor, take) {
  const reader = processor.readable.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    await take(value);
    value.close();
  }
}

/** A transform that changes nothing, from which a key frame can be asked for at any time. */
function passingOn() {
  const script = `
    onrtctransform = ({ transformer }) => {
      transformer.readable.pipeTo(transformer.writable);
      onmessage = () => transformer.sendKeyFrameRequest();
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  askForKeyFrame = () => worker.postMessage('please');
  return new RTCRtpScriptTransform(worker);
}

function watchKeyFrameRequests() {
  let before = 0;
  setInterval(async () => {
    const at = performance.now();
    const { pliCount = 0, firCount = 0 } = (await stats()).outboundVideo ?? {};
    for (; before < pliCount + firCount; before++) {
      keyFramesAskedOfUs.push(at);
    }
  }, STATS_EVERY_MS);
}

async function stats() {
  const found = {};
  for (const each of (await connection.getStats()).values()) {
    const kind = each.kind === 'video' ? 'Video' : 'Audio';
    if (each.type === 'outbound-rtp') {
      found['outbound' + kind] = each;
    }
    if (each.type === 'inbound-rtp') {
      found['inbound' + kind] = each;
    }
  }
  return found;
}

/** The connection's own statistics of each track, its state, and how many offers it was made. */
window.stats = async () => ({ state: connection.connectionState, offers, ...(await stats()) });

/** Every picture so far: its number, its size, and when it was there, in ms since connecting. */
window.pictures = () => ({ ...pictures, times: pictures.times.map((at) => at - connectedAt) });

/** Every flash and beep of the clip as this page's own camera and microphone delivered them. */
window.pairs = () => observer.pairs();

/** When key frames were asked of this master, in ms since connecting. */
window.keyFramesAskedOfUs = () => keyFramesAskedOfUs.map((at) => at - connectedAt);

/** Asks for so many key frames, so many milliseconds apart. */
window.demandKeyFrames = async ({ times, apart }) => {
  for (let asked = 0; asked < times; asked++) {
    askForKeyFrame();
    await new Promise((resolve) => setTimeout(resolve, apart));
  }
  return null;
};

/** The last so many seconds that were heard, as 16-bit samples in base64; null if too few. */
window.heard = ({ seconds }) => {
  const count = seconds * RATE;
  if (heardSamples < count || count > heard.length) {
    return null;
  }
  const bytes = new DataView(new ArrayBuffer(2 * count));
  for (let index = 0; index < count; index++) {
    const at = (heardSamples - count + index) % heard.length;
    bytes.setInt16(2 * index, heard[at], true);
  }
  let text = '';
  for (let index = 0; index < bytes.byteLength; index++) {
    text += String.fromCharCode(bytes.getUint8(index));
  }
  return btoa(text);
};

/** Leaves, and says so. */
window.leave = () => {
  connection.close();
  signaling.close();
  return null;
};
