package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import java.util.ArrayList;
import java.util.List;

/** Frames of a whole session to fragments, with the documented limits. */
public final class ClipFragments {
  private ClipFragments() {}

  public static List<Fragment> of(List<EncodedFrame> frames) {
    Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
    List<Fragment> fragments = new ArrayList<>();
    frames.forEach(frame -> fragments.addAll(fragmenter.push(frame)));
    fragments.addAll(fragmenter.finish());
    return fragments;
  }
}
