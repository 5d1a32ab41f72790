package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.AnswerCheck;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.util.Iterator;

/** A test peer that sends picture and sound. */
public final class TestMaster extends TestPeer {
  /**
   * @param plan whether audio is announced, and the role in DTLS
   * @param frames of both tracks, ordered by time; from zero, which is when media can flow
   */
  public TestMaster(
      TestPeerRuntime world, AnswerPlan plan, Signaling signaling, Iterator<EncodedFrame> frames) {
    super(world, plan, signaling, frames);
  }

  @Override
  AcceptedAnswer judge(AnswerCheck check, SessionDescription answer)
      throws UnacceptableAnswerException {
    return check.ofMaster(answer);
  }
}
