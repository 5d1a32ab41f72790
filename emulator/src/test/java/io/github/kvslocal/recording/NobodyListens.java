package io.github.kvslocal.recording;

/** For recordings whose fragments and interruptions are no concern of the test. */
public final class NobodyListens implements Recorder.Observer {
  @Override
  public void stored(FragmentMetadata fragment) {}

  @Override
  public void interrupted(String why) {}

  @Override
  public void resumed(long lost) {}
}
