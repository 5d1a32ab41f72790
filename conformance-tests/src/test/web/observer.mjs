// How far apart the browser's own camera and microphone are: each flash and beep of the clip as this
// page sees it, before anything was encoded. Without this no later offset could be judged.
import { readBlocks } from './blocks.mjs';

const LOUD = 0.1;
const QUIET_MS = 500;
const PAIR_MS = 1000;

/** Watches copies of the stream's tracks until stopped. */
export function observe(stream) {
  const flashes = [];
  const beeps = [];
  const copies = stream.clone();
  watchFlashes(copies.getVideoTracks()[0], flashes);
  watchBeeps(copies.getAudioTracks()[0], beeps);
  return {
    stop: () => copies.getTracks().forEach((track) => track.stop()),
    /** Each flash with the beep next to it: the flash's frame number and beep minus flash in ms. */
    pairs: () =>
      flashes.flatMap(({ frame, at }) => {
        const offsets = beeps.map((beep) => beep - at).filter((by) => Math.abs(by) < PAIR_MS);
        const nearest = offsets.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
        return nearest === undefined ? [] : [{ frame, offsetMs: nearest }];
      }),
  };
}

async function watchFlashes(track, flashes) {
  let wasLit = true;
  await each(track, async (frame, arrival) => {
    const { number, lit } = await readBlocks(frame);
    if (lit && !wasLit) {
      flashes.push({ frame: number, at: arrival });
    }
    wasLit = lit;
  });
}

async function watchBeeps(track, beeps) {
  let lastLoud = -Infinity;
  await each(track, async (data, arrival) => {
    const samples = new Float32Array(data.numberOfFrames);
    await data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    const start = arrival - (data.numberOfFrames / data.sampleRate) * 1000;
    samples.forEach((sample, index) => {
      if (Math.abs(sample) > LOUD) {
        const at = start + (index / data.sampleRate) * 1000;
        if (at - lastLoud > QUIET_MS) {
          beeps.push(at);
        }
        lastLoud = at;
      }
    });
  });
}

async function each(track, look) {
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    await look(value, performance.now());
    value.close();
  }
}
