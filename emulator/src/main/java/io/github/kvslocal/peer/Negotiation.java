package io.github.kvslocal.peer;

import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.AnswerCheck;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;

/** What one kind of participant is offered, and how its answer is judged. */
public interface Negotiation {
  /** The offer; the same for the same arguments. */
  SessionDescription offer(PeerConnection.Identity identity, IceCredentials credentials);

  /** What the answer settles, or a complaint in plain words. */
  AcceptedAnswer judge(SessionDescription answer) throws UnacceptableAnswerException;

  /** With a master: it sends picture and sound, and may hear. */
  static Negotiation withMaster(OfferPlan plan) {
    return new Negotiation() {
      @Override
      public SessionDescription offer(
          PeerConnection.Identity identity, IceCredentials credentials) {
        return plan.toMaster(identity.sessionId(), credentials, identity.fingerprint());
      }

      @Override
      public AcceptedAnswer judge(SessionDescription answer) throws UnacceptableAnswerException {
        return new AnswerCheck(plan).ofMaster(answer);
      }
    };
  }

  /** With a viewer: it is sent picture and sound, and may speak. */
  static Negotiation withViewer(OfferPlan plan) {
    return new Negotiation() {
      @Override
      public SessionDescription offer(
          PeerConnection.Identity identity, IceCredentials credentials) {
        return plan.toViewer(
            identity.sessionId(), credentials, identity.fingerprint(), identity.tracks());
      }

      @Override
      public AcceptedAnswer judge(SessionDescription answer) throws UnacceptableAnswerException {
        return new AnswerCheck(plan).ofViewer(answer);
      }
    };
  }
}
