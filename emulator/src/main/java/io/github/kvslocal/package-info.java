/**
 * The wiring: the only package that knows every other one, and the only one that says {@code new}
 * for an edge.
 *
 * <pre>
 *   http, websocket ──► runtime.StorageSessions ──► session.StorageSession   who is in
 *                               │
 *                               ├──► peer.PeerConnection                     offer, answer, keys
 *                               │        ▲ ice, dtls, srtp
 *                               │        └─► rtp.MediaReceiver               packets to frames
 *                               └──► recording.Recorder                      frames to fragments
 *                                        ▲ disk
 * </pre>
 */
@NullMarked
package io.github.kvslocal;

import org.jspecify.annotations.NullMarked;
