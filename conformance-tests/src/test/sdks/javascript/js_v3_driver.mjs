// AWS SDK for JavaScript v3.
import * as archivedMedia from '@aws-sdk/client-kinesis-video-archived-media';
import * as kinesisVideo from '@aws-sdk/client-kinesis-video';
import * as media from '@aws-sdk/client-kinesis-video-media';
import * as signaling from '@aws-sdk/client-kinesis-video-signaling';
import * as storage from '@aws-sdk/client-kinesis-video-webrtc-storage';
import { dated, plain, serve } from './lines.mjs';

const PACKAGES = {
  'kinesisvideo': [kinesisVideo, kinesisVideo.KinesisVideoClient],
  'kinesis-video-signaling': [signaling, signaling.KinesisVideoSignalingClient],
  'kinesis-video-webrtc-storage': [storage, storage.KinesisVideoWebRTCStorageClient],
  'kinesis-video-media': [media, media.KinesisVideoMediaClient],
  'kinesis-video-archived-media': [archivedMedia, archivedMedia.KinesisVideoArchivedMediaClient],
};

await serve(async ({ service, operation, input, endpoint, region, accessKey, secret, token }) => {
  const [library, Client] = PACKAGES[service];
  const client = new Client({
    endpoint,
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secret, sessionToken: token },
    maxAttempts: 1,
  });
  try {
    const output = await client.send(new library[`${operation}Command`](dated(input)));
    const { httpStatusCode, requestId, attempts } = output.$metadata;
    if (output.Payload !== undefined) {
      output.Payload = await output.Payload.transformToByteArray();
    }
    return { ok: true, output: plain(output), status: httpStatusCode, requestId, attempts };
  } catch (e) {
    if (e.$metadata?.httpStatusCode === undefined) {
      throw e;
    }
    const { httpStatusCode, requestId, attempts } = e.$metadata;
    return {
      ok: false,
      type: e.name,
      status: httpStatusCode,
      message: e.message,
      requestId,
      attempts,
      modelled: typeof library[e.name] === 'function' && e instanceof library[e.name],
    };
  } finally {
    client.destroy();
  }
});
