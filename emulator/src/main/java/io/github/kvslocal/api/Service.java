package io.github.kvslocal.api;

/** The five services; the same refusal has another status in some of them. */
public enum Service {
  KINESIS_VIDEO,
  SIGNALING,
  WEBRTC_STORAGE,
  MEDIA,
  ARCHIVED_MEDIA
}
