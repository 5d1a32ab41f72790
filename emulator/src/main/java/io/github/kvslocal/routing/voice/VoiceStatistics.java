package io.github.kvslocal.routing.voice;

/**
 * How a session's voices went, over all talkers and listeners, those who left included.
 *
 * @param passed packets that were sent on untouched, counted once for all who heard the same
 * @param encoded frames that were mixed and encoded, likewise
 * @param late packets that came too late to be heard
 * @param concealed frames that were filled in because nothing had come
 * @param dropped packets left out, to catch up with a faster clock or for lack of room
 * @param malformed packets that are no Opus
 */
public record VoiceStatistics(
    long passed, long encoded, long late, long concealed, long dropped, long malformed) {
  static final VoiceStatistics NONE = new VoiceStatistics(0, 0, 0, 0, 0, 0);

  VoiceStatistics plus(Mix mix) {
    return new VoiceStatistics(
        passed + mix.passed(), encoded + mix.encoded(), late, concealed, dropped, malformed);
  }

  VoiceStatistics plus(Talker talker) {
    Playout playout = talker.playout();
    return new VoiceStatistics(
        passed,
        encoded,
        late + playout.late(),
        concealed + playout.concealed(),
        dropped + playout.dropped(),
        malformed + talker.malformed());
  }
}
