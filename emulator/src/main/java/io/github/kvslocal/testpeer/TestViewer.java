package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.AnswerCheck;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.util.Iterator;
import java.util.List;

/** A test peer that watches, and speaks if it announces that. */
public final class TestViewer extends TestPeer {
  /**
   * @param plan whether audio is announced, and the role in DTLS
   * @param frames ordered by time; from zero, which is when media can flow. Pictures among them are
   *     left out: a viewer sends none
   */
  public TestViewer(
      TestPeerRuntime world, AnswerPlan plan, Signaling signaling, List<EncodedFrame> frames) {
    super(world, plan, signaling, sound(frames));
  }

  private static Iterator<EncodedFrame> sound(List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == Track.AUDIO).iterator();
  }

  @Override
  AcceptedAnswer judge(AnswerCheck check, SessionDescription answer)
      throws UnacceptableAnswerException {
    return check.ofViewer(answer);
  }
}
