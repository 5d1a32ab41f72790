// AWS SDK for JavaScript v2, its own check of parameters switched off so that the emulator has to
// do it.
import { createRequire } from 'node:module';
import { dated, plain, serve } from './lines.mjs';

// The SDK announces its own end on standard error, once per process.
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const require = createRequire(import.meta.url);
const CLIENTS = {
  'kinesisvideo': require('aws-sdk/clients/kinesisvideo'),
  'kinesis-video-signaling': require('aws-sdk/clients/kinesisvideosignalingchannels'),
  'kinesis-video-webrtc-storage': require('aws-sdk/clients/kinesisvideowebrtcstorage'),
  'kinesis-video-media': require('aws-sdk/clients/kinesisvideomedia'),
  'kinesis-video-archived-media': require('aws-sdk/clients/kinesisvideoarchivedmedia'),
};

await serve(async ({ service, operation, input, endpoint, region, accessKey, secret, token }) => {
  const client = new CLIENTS[service]({
    endpoint,
    region,
    accessKeyId: accessKey,
    secretAccessKey: secret,
    sessionToken: token,
    paramValidation: false,
    maxRetries: 0,
    httpOptions: { connectTimeout: 10_000, timeout: 20_000 },
  });
  const request = client[operation[0].toLowerCase() + operation.slice(1)](dated(input));
  let status;
  let attempts = 0;
  request.on('send', () => attempts++);
  request.on('httpHeaders', (code) => (status = code));
  try {
    const output = await request.promise();
    const requestId = output.$response.requestId;
    return { ok: true, output: plain(output), status, requestId, attempts };
  } catch (e) {
    if (e.statusCode === undefined) {
      throw e;
    }
    return {
      ok: false,
      type: e.code,
      status: e.statusCode,
      message: e.message,
      requestId: e.requestId,
      attempts,
    };
  }
});
