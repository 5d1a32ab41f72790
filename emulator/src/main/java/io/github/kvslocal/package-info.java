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
 *
 * <p>To be read in this order: {@link io.github.kvslocal.KvsLocal}, the wiring; {@link
 * io.github.kvslocal.session.StorageSession}, the rules; {@link
 * io.github.kvslocal.peer.PeerConnection}; {@link io.github.kvslocal.rtp.MediaReceiver}; {@link
 * io.github.kvslocal.recording.Recorder}.
 */
@NullMarked
package io.github.kvslocal;

import org.jspecify.annotations.NullMarked;
